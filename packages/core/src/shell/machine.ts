// Reads what the slot strategies want to know of this machine.
import { freemem, loadavg } from 'node:os'
import type { MachineLoad } from '../run/decide-slots.ts'

/** Load and memory right now. */
export function readMachine(cores: number): MachineLoad {
  return { cores, load: loadavg()[0] ?? 0, freeMemoryBytes: freemem() }
}

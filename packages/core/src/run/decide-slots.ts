// How many attempts run at the same time on one machine. The strategies of the field, as pure functions of what was read
// from the machine.

/** A named way to choose. */
export type SlotStrategy = 'simple' | 'max-parallel' | 'resource-aware' | 'deadline-based' | 'adaptive'

/** What was read from the machine. */
export interface MachineLoad {
  readonly cores: number
  /** Load average of the last minute. */
  readonly load: number
  readonly freeMemoryBytes: number
}

/** What is known of the work. */
export interface Workload {
  readonly tasks: number
  /** Sum of the expected durations in milliseconds, where they are known. */
  readonly expectedMs?: number | undefined
  /** Time until the deadline in milliseconds, where there is one. */
  readonly deadlineMs?: number | undefined
}

/** Memory set aside for one attempt where it is the limit. */
const bytesPerSlot = 1024 ** 3

/**
 * Attempts to run at once, at least 1.
 *
 * - `simple`: one a core.
 * - `max-parallel`: as many as there are tasks, up to two a core or one a free gigabyte, whichever is more.
 * - `resource-aware`: two a core on an idle machine, one a core under some load, half of the cores under much; never more
 *   than one a free gigabyte.
 * - `deadline-based`: as many as it takes to end in time, from one up to four a core; two a core where nothing is known.
 * - `adaptive`: one a core to begin with; `adaptSlots` takes it from there.
 */
export function decideSlots(strategy: SlotStrategy, machine: MachineLoad, work: Workload): number {
  const { cores, freeMemoryBytes } = machine
  const byMemory = Math.max(1, Math.floor(freeMemoryBytes / bytesPerSlot))
  switch (strategy) {
    case 'simple':
    case 'adaptive':
      return atLeastOne(cores)
    case 'max-parallel':
      return atLeastOne(Math.min(work.tasks, Math.max(2 * cores, byMemory)))
    case 'resource-aware':
      return atLeastOne(Math.min(byMemory, slotsByLoad(cores, machine.load)))
    case 'deadline-based': {
      if (work.expectedMs === undefined || work.deadlineMs === undefined) return atLeastOne(2 * cores)
      const needed = Math.ceil(work.expectedMs / Math.max(1, work.deadlineMs))
      return atLeastOne(Math.min(4 * cores, needed))
    }
  }
}

/** The next number of slots of the adaptive strategy: a fifth less under high load, a fifth more under low. */
export function adaptSlots(slots: number, machine: MachineLoad): number {
  const perCore = machine.load / machine.cores
  if (perCore > 0.95) return atLeastOne(Math.floor(slots * 0.8))
  if (perCore < 0.6) return atLeastOne(Math.min(4 * machine.cores, Math.ceil(slots * 1.2)))
  return slots
}

function slotsByLoad(cores: number, load: number): number {
  const perCore = load / cores
  return perCore < 0.3 ? 2 * cores : perCore < 0.7 ? cores : Math.floor(cores / 2)
}

function atLeastOne(slots: number): number {
  return Math.max(1, Math.floor(slots))
}

// Who we are on this machine, so that a later owner can tell at once whether we still live.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Surroundings } from '../judge-owner.ts'

/** This process as the database remembers it. */
export interface ThisProcess {
  readonly machine: string
  readonly pid: number
  readonly started: string | null
}

/** Names the machine, its boot and the process namespace: numbers of processes mean nothing beyond it. */
export function thisProcess(): ThisProcess {
  const boot = readText('/proc/sys/kernel/random/boot_id')
  const machine = boot === undefined ? `host ${hostname()}` : `boot ${boot.trim()} ${namespaceOfProcesses()}`
  return { machine, pid: process.pid, started: statusOf(process.pid)?.started ?? null }
}

/** What `judgeOwner` needs to know, read now. */
export function surroundings({ machine, pid }: ThisProcess): Surroundings {
  return {
    machine,
    pid,
    wallNowMs: Date.now(),
    // Counts from the machine's boot and is the same in all its processes; elsewhere a reboot would go unnoticed.
    bootNowMs: bootNowMs(machine),
    processOf,
  }
}

/** Milliseconds since the machine's boot, where the machine's name tells boots apart. */
export function bootNowMs(machine: string): number | undefined {
  return machine.startsWith('boot ') ? Number(process.hrtime.bigint() / 1_000_000n) : undefined
}

function processOf(pid: number, started: string | null): 'runs' | 'stopped' | 'gone' {
  const status = statusOf(pid)
  if (status !== undefined) return started === null || status.started === started ? lifeOf(status.state) : 'gone'
  try {
    process.kill(pid, 0)
    return 'runs'
  } catch (error) {
    // A process of another user is there although we may not signal it.
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM' ? 'runs' : 'gone'
  }
}

/** From the letter that `/proc` has for it: a zombie is dead though its number is still taken. */
function lifeOf(state: string): 'runs' | 'stopped' | 'gone' {
  if (state === 'Z' || state === 'X') return 'gone'
  return state === 'T' ? 'stopped' : 'runs'
}

/** A process as `/proc` shows it. */
function statusOf(pid: number): { readonly started: string; readonly state: string } | undefined {
  const text = readText(`/proc/${pid}/stat`)
  // The name in brackets may itself hold brackets and spaces, so fields are counted from behind it.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fields?.[0], fields?.[19]]
  return state === undefined || started === undefined ? undefined : { started, state }
}

function namespaceOfProcesses(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    // A system without such names.
    return hostname()
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A process that has ended, or a system without /proc.
    return undefined
  }
}

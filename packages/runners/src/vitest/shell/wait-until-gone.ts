// Vitest calls a run done while its worker is still on its way out. Whoever looks after the attempt would then find the
// worker and take it for something that a test has left behind, and code of the test may still run in it.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Time between two looks, in milliseconds: every file waits for its worker, some 5 ms, and half of this more. */
const betweenMs = 1
/** Set among the flags of a thread from the moment at which the kernel begins to take it away. */
const exitingFlag = 0x4

/** Resolves once none of `pids` lives, or after `longestMs`: what lives then was held up by a test. */
export function waitUntilGone(pids: readonly number[], longestMs: number): Promise<void> {
  return waitWhile(isThere, pids, longestMs)
}

/**
 * Resolves once no line of a program runs in any of `pids` any more, or after `longestMs`. To give its memory back takes
 * the kernel longer than all the rest. Where threads cannot be looked at, it waits until they are gone.
 */
export function waitUntilOver(pids: readonly number[], longestMs: number): Promise<void> {
  return waitWhile((pid) => !isOver(pid), pids, longestMs)
}

/** Whether no line of a program will run in a process any more. */
export function isOver(pid: number): boolean {
  return !isThere(pid) || isBeingTakenAway(pid)
}

async function waitWhile(holds: (pid: number) => boolean, pids: readonly number[], longestMs: number): Promise<void> {
  const until = performance.now() + longestMs
  while (pids.some(holds) && performance.now() < until) await wait(betweenMs)
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function isBeingTakenAway(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) =>
      isExiting(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')),
    )
  } catch {
    // A thread ended between the two looks: the next look tells more.
    return false
  }
}

function isExiting(stat: string): boolean {
  // The name stands in brackets and may hold anything, brackets too.
  const [state, , , , , , flags] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' || state === 'X' || (Number(flags) & exitingFlag) !== 0
}

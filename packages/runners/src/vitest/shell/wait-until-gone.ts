// Vitest 4 calls a run done while its worker is still on its way out. Whoever looks after the attempt would then find the
// worker and take it for something that a test has left behind.
import { setTimeout as wait } from 'node:timers/promises'

/** Time between two looks, in milliseconds: every file waits for its worker, some 10 ms, and half of this more. */
const betweenMs = 1

/** Resolves once none of `pids` lives, or after `longestMs`: what lives then was held up by a test. */
export async function waitUntilGone(pids: readonly number[], longestMs: number): Promise<void> {
  const until = performance.now() + longestMs
  while (pids.some(isAlive) && performance.now() < until) await wait(betweenMs)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

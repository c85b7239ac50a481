// A plugin is somebody else's code, often in JavaScript, where types promise nothing. Each check says in words what is wrong
// with an answer, or nothing; what follows from that is the guard's matter (`plugin-guard.ts`).
import type { Claim } from '@muster/core'
import type { Permit, Refusal } from './plugin.ts'

/** What is wrong with a key, if anything; `width` is how many numbers the plugin's other keys have. */
export function wrongKey(key: readonly number[], width: number | undefined): string | undefined {
  if (!Array.isArray(key) || key.length === 0 || !key.every((part) => typeof part === 'number' && !Number.isNaN(part)))
    return 'its key is no list of numbers'
  return width === undefined || key.length === width
    ? undefined
    : `its key has ${key.length} numbers, others have ${width}`
}

/** Whether a lane is shut rather than given a key. */
export function isRefusal(answer: number | readonly number[] | Refusal): answer is Refusal {
  return typeof answer === 'object' && 'kind' in answer
}

/** What is wrong with a refusal, if anything. */
export function wrongRefusal(refusal: Refusal): string | undefined {
  const { because, wakesOn, atMs } = refusal
  if (typeof because !== 'string' || !wakers.has(wakesOn))
    return 'its refusal says no reason, or not what would change it'
  return wakesOn === 'time' && !Number.isFinite(atMs) ? 'its refusal waits for a time and names none' : undefined
}

/** What is wrong with a last word, if anything. */
export function wrongPermit(permit: Permit | undefined): string | undefined {
  switch (permit?.kind) {
    case 'allowed':
      return undefined
    case 'held':
      return Number.isFinite(permit.untilMs) ? undefined : 'it holds the task until no time'
    case 'denied':
      return wrongRefusal({ ...permit, kind: 'refused', atMs: 0 })
    case undefined:
      return 'it neither allows, holds nor denies'
  }
}

/** What is wrong with claims, if anything. */
export function wrongClaims(claims: readonly Claim[]): string | undefined {
  for (const { ledger, amount = 1, limit } of claims) {
    if (typeof ledger !== 'string' || !(amount > 0 && amount <= limit))
      return `it claims ${String(amount)} of ${ledger}, whose limit is ${String(limit)}`
  }
  return undefined
}

const wakers: ReadonlySet<unknown> = new Set(['capacity', 'worker', 'task-judged', 'ledger', 'time'])

// A part of a task's cases, in words: the same on the board, in logs and where a task is explained.
import type { CaseScope } from './outcome.ts'

/**
 * How many cases run again, and of how many.
 *
 * @example
 * ```ts
 * scopeText({ cases: [{ path: ['adds'] }], of: 20 }) // => '1 of 20 cases'
 * ```
 */
export function scopeText({ cases, of }: CaseScope): string {
  return `${cases.length} of ${of} cases`
}

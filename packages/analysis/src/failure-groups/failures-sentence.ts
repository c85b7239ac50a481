// How many failures there are and how few causes: what a person wants to know before any list.
import type { FailureGroup, GroupStanding } from '@muster/core'

const standings: readonly GroupStanding[] = ['new', 'regressed', 'recurring']

/** How much failed: `tests` different ones, in `failures` attempts together. */
export interface FailureCount {
  readonly failures: number
  readonly tests: number
}

/**
 * The failures in one sentence. Lists beside it count tests, so the attempts of a test are told apart from them.
 *
 * @example
 * ```ts
 * failuresSentence({ failures: 412, tests: 412 }, groups) // '412 failures, 3 causes: 2 new, 1 recurring.'
 * failuresSentence({ failures: 18, tests: 9 }, groups) // '9 tests failed, 18 times in all, 3 causes: 2 new, 1 recurring.'
 * ```
 */
export function failuresSentence({ failures, tests }: FailureCount, groups: readonly FailureGroup[]): string {
  if (failures === 0) return 'No failures.'
  const count = (n: number, word: string): string => `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`
  const parts = [
    ...standings.flatMap((standing) => {
      const n = groups.filter((group) => group.standing === standing).length
      return n === 0 ? [] : [`${n.toLocaleString('en-US')} ${standing}`]
    }),
    ...groups.flatMap(({ blames, failures: held }) =>
      blames === undefined ? [] : [`${held.toLocaleString('en-US')} to blame on worker ${blames}`],
    ),
  ]
  const shown = parts.length > 5 ? [...parts.slice(0, 4), `${parts.length - 4} more`] : parts
  const what =
    tests > 0 && failures > tests
      ? `${count(tests, 'test')} failed, ${failures.toLocaleString('en-US')} times in all`
      : count(failures, 'failure')
  return `${what}, ${count(groups.length, 'cause')}${shown.length === 0 ? '' : `: ${shown.join(', ')}`}.`
}

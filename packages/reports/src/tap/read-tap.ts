// Reads TAP 13 and 14. A document without a plan, with fewer tests than planned or with a bail-out is never complete: that is
// the point of a plan.
import { ProblemLog } from '../read/problem-log.ts'
import type { ReadCases, ReadOptions } from '../read/read-cases.ts'
import { unreadable } from '../read/unreadable.ts'
import { TapReading } from './tap-reading.ts'

/** What only TAP begins a line with. */
export const tapMark: RegExp =
  /^[ \t]{0,400}(?:TAP version \d|1\.\.\d|Bail out!|(?:not )?ok(?:[ \t]+\d|[ \t]+-|[ \t]*$))/im

/**
 * The cases of a TAP document: Node, node-tap, tape, Mocha, pytest-tap, bats, prove. Throws `INPUT_UNREADABLE` where there is
 * no line of TAP.
 *
 * @example
 * ```ts
 * const { cases, isComplete } = readTap('TAP version 14\n1..2\nok 1 - adds\n')
 * // one case, isComplete false: a test that was planned is missing
 * ```
 */
export function readTap(text: string, options: ReadOptions = {}): ReadCases {
  const log = new ProblemLog(options)
  if (!tapMark.test(text))
    throw unreadable({ source: log.source, line: 1 }, 'TAP', 'text without a plan or a test point')
  const reading = new TapReading(log)
  let number = 0
  let at = 0
  while (at <= text.length && !reading.isOver) {
    const end = text.indexOf('\n', at)
    const line = end === -1 ? text.slice(at) : text.slice(at, end)
    number += 1
    reading.line(line.replace(/\r$/, '').replace(/^\ufeff/, ''), number)
    at = end === -1 ? text.length + 1 : end + 1
  }
  return log.close('tap', reading.end(number))
}

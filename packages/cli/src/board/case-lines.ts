// Cases of an attempt as lines: those that failed with what they said, or every one with its sign and time.
import type { CaseResult } from '@muster/core'
import { truncateEnd } from '../terminal/fit-width.ts'
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import { type Look, signOf } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { brief, type Extent } from './log-detail.ts'
import { messageLines } from './message-lines.ts'

/** Failed cases by name, with where they are and what they said. */
export function failedCaseLines(failed: readonly CaseResult[], look: Look, extent: Extent = brief): readonly string[] {
  const lines = failed
    .slice(0, extent.cases)
    .flatMap((result) => [
      `    ${look.paint('red', truncateEnd(titleOf(result, look), extent.titleColumns))}${place(result)}`,
      ...messageLines(result.failure, '      ', extent),
      ...unsaid(result),
    ])
  if (failed.length > extent.cases) lines.push(`    and ${countText(failed.length - extent.cases, 'more failed case')}`)
  return lines
}

/** Why a case is listed that has no failure of its own: it was cut off. */
function unsaid({ failure, result, reason }: CaseResult): readonly string[] {
  if (failure !== undefined || result !== 'cancelled') return []
  return [`      cancelled: ${reason === undefined ? 'its attempt ended before it did' : oneLine(reason)}`]
}

/** Every case of an attempt on a line of its own, in the order in which they ended. */
export function caseLines(cases: readonly CaseResult[], look: Look, extent: Extent = brief): readonly string[] {
  return cases.map((result) => {
    const { symbol, colour } = signOf(
      result.result === 'passed' && (result.retries ?? 0) > 0 ? 'flaky' : result.result,
      look,
    )
    const time = formatDuration(result.durationMs)
    return `    ${look.paint(colour, symbol)} ${truncateEnd(titleOf(result, look), extent.titleColumns)}${look.paint('dim', `  ${time}`)}`
  })
}

function titleOf({ path }: CaseResult, { symbols }: Look): string {
  return path.map(oneLine).join(` ${symbols.then} `)
}

function place({ file, line }: CaseResult): string {
  if (file === undefined) return ''
  return `  ${oneLine(file)}${line === undefined ? '' : `:${String(line)}`}`
}

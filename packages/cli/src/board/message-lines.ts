// What a failure said, below the case or the task that it belongs to.
import type { Failure } from '@muster/core'
import { countText } from '../terminal/count-text.ts'
import { plainLines } from '../terminal/plain-text.ts'
import type { Extent } from './log-detail.ts'

/** The lines of a message, as many as the extent allows; none where nothing is known. */
export function messageLines(failure: Failure | undefined, indent: string, extent: Extent): readonly string[] {
  if (failure === undefined) return []
  const lines = plainLines(failure.message)
  const most = lines.some((line) => /^ {0,8}[+-] /.test(line)) ? extent.differenceLines : extent.messageLines
  const shown = lines.slice(0, most).map((line) => (line === '' ? '' : indent + line))
  if (lines.length > most) shown.push(`${indent}… ${countText(lines.length - most, 'more line')}`)
  return shown
}

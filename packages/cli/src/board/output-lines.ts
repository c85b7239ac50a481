// What a task printed, below its line: where no case says what went wrong, that is where it stands.
import { countText } from '../terminal/count-text.ts'
import type { Look } from '../terminal/look.ts'
import { plainLines } from '../terminal/plain-text.ts'
import { brief, type Extent } from './log-detail.ts'

/** What is kept of what was printed. */
export interface Printed {
  /** The end of it. */
  readonly output: string
  /** Characters printed before that. */
  readonly omitted?: number | undefined
}

/** The beginning and the end of what was printed, with a title above and what is left out said; nothing where nothing was. */
export function outputLines(printed: Printed, look: Look, extent: Extent = brief): readonly string[] {
  // Frames of Node itself say nothing of the project, and would push what does out of sight.
  const lines = readableLines(printed.output).filter((line) => line.trim() !== '' && !/^\s*at .*\bnode:/.test(line))
  const { head, tail } = extent.outputLines
  if (lines.length === 0 || head + tail === 0) return []
  const cut = cutLines(lines, extent.outputLines, printed.omitted)
  const title = head === 0 && lines.length > tail ? `    last ${String(tail)} lines printed:` : '    printed:'
  const shown = head === 0 ? lines.slice(-tail) : cut
  return [look.paint('dim', title), ...shown.map((line) => `      ${line}`)]
}

/** Characters of a line that are shown. */
const longestLine = 1000

/** Lines as people read them: what is no text is only counted, and no line fills a screen by itself. */
export function readableLines(output: string): readonly string[] {
  const odd = output.match(/[\uFFFD\u0000-\u0008\u000E-\u001A]/g)?.length ?? 0
  if (odd > 20 && odd > output.length / 20)
    return [`… ${countText(output.length, 'character')} that are no text; a report has them (--html FILE)`]
  return plainLines(output).map((line) =>
    line.length <= longestLine
      ? line
      : `${line.slice(0, longestLine)} … ${countText(line.length - longestLine, 'character')} left out here`,
  )
}

/** The first and the last lines, and between them how many are not here. */
export function cutLines(
  lines: readonly string[],
  { head, tail }: Extent['outputLines'],
  omitted = 0,
): readonly string[] {
  const before = omitted > 0 ? [`… ${countText(omitted, 'character')} before this are left out`] : []
  if (lines.length <= head + tail) return [...before, ...lines]
  const left = `… ${countText(lines.length - head - tail, 'line')} left out here; a report has more (--html FILE)`
  return [...before, ...lines.slice(0, head), left, ...lines.slice(-tail)]
}

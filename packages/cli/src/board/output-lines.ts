// What a task printed, below its line: where no case says what went wrong, that is where it stands.
import type { Look } from '../terminal/look.ts'
import { plainLines } from '../terminal/plain-text.ts'
import { brief, type Extent } from './log-detail.ts'

/** The end of what was printed, with a title above it; nothing where nothing was. */
export function outputLines(output: string, look: Look, extent: Extent = brief): readonly string[] {
  // Frames of Node itself say nothing of the project, and would push what does out of sight.
  const lines = plainLines(output).filter((line) => line.trim() !== '' && !/^\s*at .*\bnode:/.test(line))
  const { outputLines: most } = extent
  if (lines.length === 0 || most === 0) return []
  const title = lines.length > most ? `    last ${String(most)} lines printed:` : '    printed:'
  return [
    look.paint('dim', title),
    ...(lines.length > most ? lines.slice(-most) : lines).map((line) => `      ${line}`),
  ]
}

// Text of strangers inside Markdown. It stands in code, where no link, mention, heading or tag lives, with a fence longer than
// any inside; inside of HTML it is escaped.
import { plainLine, plainText, withoutTurns } from '../text/plain-text.ts'

/** A text as HTML, for lines that Markdown does not look into. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** One line of a stranger as a piece of HTML. */
export function htmlCode(text: string, longest = 300): string {
  const line = plainLine(text)
  return `<code>${escapeHtml(line.length > longest ? `${line.slice(0, longest - 1)}…` : line) || ' '}</code>`
}

/** Several lines as a block of code, at most `most` of them. */
export function codeBlock(text: string, language = '', most = 40): string {
  const lines = withoutTurns(plainText(text.length > 40_000 ? text.slice(0, 40_000) : text))
    .trimEnd()
    .split(/\r\n|\r|\n/)
  const kept = lines.slice(0, most).map((line) => (line.length > 500 ? `${line.slice(0, 499)}…` : line))
  if (lines.length > most) kept.push(`… ${lines.length - most} more lines`)
  const body = kept.join('\n')
  const longest = (body.match(/`+/g) ?? []).reduce((max, run) => Math.max(max, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${body}\n${fence}`
}

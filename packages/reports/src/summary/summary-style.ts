// How a summary looks: plain text for terminals, Markdown for job summaries and comments. Names and messages come from
// strangers, so in Markdown they stand in code spans, where no link, mention or tag lives.
import { plainLine } from '../text/plain-text.ts'

/** The forms of a summary. */
export type SummaryFormat = 'text' | 'markdown'

/** The few things that a summary is made of. */
export interface SummaryStyle {
  readonly heading: (text: string) => string
  /** A line of a list. */
  readonly item: (text: string) => string
  /** A line below the item before it. */
  readonly below: (text: string) => string
  /** A name or message of a stranger. */
  readonly quoted: (text: string) => string
}

const text: SummaryStyle = {
  heading: (heading) => heading,
  item: (line) => `  ${line}`,
  below: (line) => `      ${line}`,
  quoted: plainLine,
}

const markdown: SummaryStyle = {
  heading: (heading) => `### ${heading}\n`,
  item: (line) => `- ${line}`,
  below: (line) => `  ${line}`,
  quoted: codeSpan,
}

/** The styles by the form that they are for. */
export const summaryStyles: Readonly<Record<SummaryFormat, SummaryStyle>> = { text, markdown }

/** A code span whose fence is longer than any run of backticks inside. */
function codeSpan(given: string): string {
  const line = plainLine(given)
  if (line === '') return '` `'
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${line}${gap}${fence}`
}

// The run as Markdown for the summary page of a CI job: what broke, why and what to do at the top, details folded. Services cut
// or refuse what is too long, so this stays below a size and says what it left out.
import type { FailureGroup, RunReport, TaskReport } from '@muster/core'
import { verdictKinds } from '@muster/core/model'
import { casePlace, caseTitle } from '../cases/case-title.ts'
import { isFlaky, type ReportCase } from '../cases/report-case.ts'
import { reportCases } from '../cases/report-cases.ts'
import { causeTodo } from '../failure/cause-todo.ts'
import { type Cause, causesOf } from '../failure/causes.ts'
import { groupText } from '../failure/group-text.ts'
import { failureText } from '../failure/text-diff.ts'
import { exitSentence } from '../summary/exit-sentence.ts'
import { leaksSection } from '../summary/leaks-section.ts'
import { runTiming } from '../summary/run-timing.ts'
import { blockedSection, nextSection, notRunSection, type SummarySection } from '../summary/summary-sections.ts'
import { summaryStyles } from '../summary/summary-style.ts'
import { countText } from '../text/count-text.ts'
import { durationText } from '../text/duration-text.ts'
import { plainLine } from '../text/plain-text.ts'
import { fasterBy } from '../timeline/faster-by.ts'
import { timelineOf } from '../timeline/timeline-of.ts'
import { codeBlock, htmlCode } from './markdown-text.ts'

/** How the Markdown is written. */
export interface MarkdownOptions {
  /** Most bytes of UTF-8. @defaultValue `65_000`, which every service takes */
  readonly maxBytes?: number | undefined
  /** How the command line is called in the advice at the end. @defaultValue `'npx muster'` */
  readonly command?: string | undefined
}

/** Kept for the end: what comes next, and what was left out. */
const reservedBytes = 1500
const mostListed = 10

/**
 * The run as Markdown with folded details, never longer than `maxBytes`.
 *
 * @example
 * ```ts
 * await appendFile(process.env['GITHUB_STEP_SUMMARY'] ?? 'summary.md', writeMarkdown(report))
 * ```
 */
export function writeMarkdown(report: RunReport, options: MarkdownOptions = {}): string {
  const maxBytes = options.maxBytes ?? 65_000
  const rows = reportCases(report)
  const page = new Page(maxBytes)
  page.add(heading(report, rows))
  const causes = causesOf(report, rows)
  const tasks = new Map(report.tasks.map((task) => [task.id, task]))
  if (causes.length > 0) {
    page.add(`### Failures\n`)
    if (report.failureGroups !== undefined) page.add(`${htmlCode(report.failureGroups.sentence)}\n`)
    const left = page.addAll(causes, (cause, at) => causeBlock(cause, at < 3, tasks), causeLine, reservedBytes)
    if (left > 0) page.add(`\n${left} more failures are left out to keep this short.\n`)
  }
  const flaky = rows.filter((row) => isFlaky(row.case))
  if (flaky.length > 0) {
    page.add(`### Flaky\n`)
    const left = page.addAll(flaky.slice(0, 50), flakyLine, flakyLine, reservedBytes) + Math.max(0, flaky.length - 50)
    if (left > 0) page.add(`- and ${left} more\n`)
  }
  const facts = {
    report,
    rows,
    timing: runTiming(report, 5),
    style: summaryStyles.markdown,
    most: mostListed,
    command: options.command ?? 'npx muster',
  }
  page.addIfRoom(section(blockedSection(facts)))
  page.addIfRoom(section(notRunSection(facts)))
  page.addIfRoom(section(leaksSection(facts)))
  page.addIfRoom(timeBlock(report, facts.timing.slowest))
  page.addIfRoom(section(nextSection(facts)))
  return page.text
}

/** Parts in order, and the bytes they take. */
class Page {
  readonly #parts: string[] = []
  readonly #maxBytes: number
  readonly #encoder = new TextEncoder()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get text(): string {
    return this.#parts.join('')
  }

  /** Adds a part that has to be there. */
  add(part: string): void {
    if (!this.addIfRoom(part)) this.addIfRoom(`…\n`)
  }

  addIfRoom(part: string, reserved = 0): boolean {
    const text = part === '' ? '' : `${part}\n`
    const bytes = this.#encoder.encode(text).length
    if (this.#bytes + bytes + reserved > this.#maxBytes) return false
    this.#bytes += bytes
    this.#parts.push(text)
    return true
  }

  /** Adds one part an item: whole while there is room, short from then on; says how many did not fit at all. */
  addAll<Item>(
    items: readonly Item[],
    whole: (item: Item, at: number) => string,
    short: (item: Item) => string,
    reserved: number,
  ): number {
    let isShort = false
    for (const [at, item] of items.entries()) {
      isShort ||= !this.addIfRoom(whole(item, at), reserved + Math.min(this.#maxBytes / 4, 120 * (items.length - at)))
      if (isShort && !this.addIfRoom(short(item), reserved)) return items.length - at
    }
    return 0
  }
}

const marks: Readonly<Record<RunReport['exit'], string>> = {
  passed: '✅',
  failed: '❌',
  'nothing-ran': '⚠️',
  interrupted: '⏸️',
}

function heading(report: RunReport, rows: readonly ReportCase[]): string {
  const { totals, durationMs } = report
  const shown = verdictKinds.filter((kind) => totals[kind] > 0)
  const columns = ['tasks', ...shown, ...(totals.open > 0 ? ['open'] : []), 'cases', 'time']
  const values = [
    totals.tasks,
    ...shown.map((kind) => totals[kind]),
    ...(totals.open > 0 ? [totals.open] : []),
    rows.filter(({ isTask }) => !isTask).length,
    durationText(durationMs),
  ]
  return [
    `## ${marks[report.exit]} ${exitSentence(report)}\n`,
    `| ${columns.join(' | ')} |`,
    `|${' ---: |'.repeat(columns.length)}`,
    `| ${values.join(' | ')} |\n`,
  ].join('\n')
}

function causeBlock(cause: Cause, isOpen: boolean, tasks: ReadonlyMap<string, TaskReport>): string {
  const { failure, rows, blocked, group } = cause
  const [first] = rows
  if (first === undefined) return ''
  const { message, diff, stack } = failureText(failure)
  const lines = diff.map(({ kind, text }) => `${{ expected: '-', actual: '+', same: ' ' }[kind]} ${text}`)
  const others = rows.slice(1, 1 + mostListed).map((row) => `- ${htmlCode(caseTitle(row))}${placeOf(row)}`)
  const more = rows.length - 1 - others.length
  return [
    `<details${isOpen ? ' open' : ''}><summary>${summaryOf(cause)}</summary>\n`,
    ...(group === undefined ? [] : [`${causeText(group)}\n`]),
    codeBlock(message, '', 15),
    ...(lines.length === 0 ? [] : ['', codeBlock(`- expected\n+ received\n\n${lines.join('\n')}`, 'diff', 60)]),
    `\n${causeTodo(cause, tasks.get(first.task))}${blocked > 0 ? ` It blocked ${countText(blocked, 'task')}.` : ''}\n`,
    ...(stack === '' ? [] : ['<details><summary>Stack</summary>\n', codeBlock(stack, '', 30), '\n</details>\n']),
    ...(others.length === 0
      ? []
      : ['Also failed this way:\n', ...others, ...(more > 0 ? [`- and ${more} more`] : []), '']),
    '</details>\n',
  ].join('\n')
}

function summaryOf({ rows }: Cause): string {
  const [first] = rows
  if (first === undefined) return ''
  const more = rows.length > 1 ? ` and ${rows.length - 1} more` : ''
  return `<b>${htmlCode(caseTitle(first))}</b>${more}${placeOf(first)}`
}

/** The cause as every document tells it, with what else a person must know at once. */
function causeText(group: FailureGroup): string {
  const { title, marks } = groupText(group)
  return `${htmlCode(title)}${marks.length === 0 ? '' : ` (${marks.map((mark) => htmlCode(mark)).join('; ')})`}`
}

function causeLine(cause: Cause): string {
  return `- ${summaryOf(cause)}: ${htmlCode(failureText(cause.failure).message, 120)}`
}

function flakyLine(row: ReportCase): string {
  const first = row.earlierFailures[0] ?? row.case.failure
  const why = first === undefined ? '' : `, failed first with ${htmlCode(plainLine(first.message), 160)}`
  return `- ${htmlCode(caseTitle(row))} passed in try ${(row.case.retries ?? 1) + 1}${placeOf(row)}${why}`
}

function placeOf(row: ReportCase): string {
  const place = casePlace(row)
  return place === undefined ? '' : ` in ${htmlCode(place)}`
}

function section({ heading: title, lines }: SummarySection): string {
  return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}\n`
}

function timeBlock(
  report: RunReport,
  slowest: readonly { readonly task: string; readonly durationMs: number }[],
): string {
  const hints = fasterBy(report, timelineOf(report))
  if (slowest.length === 0) return ''
  return [
    '<details><summary>Time</summary>\n',
    ...hints.map(({ sentence }) => `- ${quoteNames(sentence)}`),
    ...(hints.length > 0 ? [''] : []),
    '| slowest | time |',
    '| --- | ---: |',
    ...slowest.map(
      ({ task, durationMs }) => `| ${htmlCode(task).replaceAll('|', '&#124;')} | ${durationText(durationMs)} |`,
    ),
    '\n</details>\n',
  ].join('\n')
}

/** A sentence of advice holds the name of a task between quotes; only that is a stranger's. */
function quoteNames(sentence: string): string {
  return sentence.replace(/“(.*)”/s, (_, name: string) => htmlCode(name))
}

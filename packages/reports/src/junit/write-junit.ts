// JUnit XML for services that read it strictly: valid against the xUnit schema of Jenkins, one suite a file, unique names.
// Retries are shown the way Surefire shows them, since Jenkins, GitLab and others know that form.
import type { Artifact, CaseResult, Failure, RunReport, TaskReport } from '@muster/core'
import { plainSeparator } from '../cases/case-title.ts'
import { artifactsByRow } from '../artifacts/task-artifacts.ts'
import { machineCases } from '../cases/machine-cases.ts'
import { isBad, isFlaky, type ReportCase } from '../cases/report-case.ts'
import { capturedText } from '../text/captured-text.ts'
import { isoTime } from '../text/iso-time.ts'
import { leakSentence, leaksIn } from '../summary/leaks-section.ts'
import { plainText } from '../text/plain-text.ts'
import { writeAttachments } from './attachments.ts'
import { xmlAttributes, xmlSeconds, xmlText } from './xml-text.ts'

/** Failed tries written for one case at most. */
const mostTries = 50

/**
 * The run as JUnit XML. A case that passed after a failed try carries a `flakyFailure`, a task without cases is one case, a
 * run that did not pass always holds at least one failure, and files that attempts left behind stand in `system-out` as
 * `[[ATTACHMENT|path]]`.
 *
 * @example
 * ```ts
 * await writeFile('junit.xml', writeJunit(await run.report))
 * ```
 */
export function writeJunit(report: RunReport): string {
  const cases = machineCases(report)
  const suites = Array.from(groupBySuite(cases))
  const rows = suites.flatMap(([, suite]) => suite)
  const names = new Map<string, number>()
  const tasks = new Map(report.tasks.map((task) => [task.id, task]))
  const artifacts = artifactsByRow(report, cases)
  const head = xmlAttributes({ name: 'muster', time: xmlSeconds(report.durationMs), ...counts(rows) })
  const body = suites
    .map(([name, suite]) => writeSuite({ name, rows: suite, report, names, tasks, artifacts }))
    .join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}</testsuites>\n`
}

function groupBySuite(rows: readonly ReportCase[]): ReadonlyMap<string, readonly ReportCase[]> {
  const suites = new Map<string, ReportCase[]>()
  for (const row of rows) {
    const name = row.case.file ?? row.task
    const suite = suites.get(name)
    if (suite === undefined) suites.set(name, [row])
    else suite.push(row)
  }
  return suites
}

interface Suite {
  readonly name: string
  readonly rows: readonly ReportCase[]
  readonly report: RunReport
  /** How often a name was written, over all suites. */
  readonly names: Map<string, number>
  readonly tasks: ReadonlyMap<string, TaskReport>
  /** Files, at the case of their task that they are shown with. */
  readonly artifacts: ReadonlyMap<ReportCase, readonly Artifact[]>
}

function writeSuite({ name, rows, report, names, tasks, artifacts }: Suite): string {
  const starts = rows.flatMap(({ startedAtMs }) => (startedAtMs === undefined ? [] : [startedAtMs]))
  const first = starts.reduce((least, at) => Math.min(least, at), Infinity)
  const head = xmlAttributes({
    name,
    ...counts(rows),
    skipped: rows.filter((row) => isSkipped(row.case)).length,
    time: xmlSeconds(rows.reduce((sum, row) => sum + row.case.durationMs, 0)),
    timestamp: isoTime(report.startedAtWallMs + (Number.isFinite(first) ? first : 0)).slice(0, 19),
    file: rows.find((row) => row.case.file !== undefined)?.case.file,
  })
  const cases = rows.map((row) => writeCase(row, names, artifacts.get(row))).join('')
  return `  <testsuite${head}>\n${cases}${writeOutput(rows, tasks)}  </testsuite>\n`
}

function counts(rows: readonly ReportCase[]): {
  readonly tests: number
  readonly failures: number
  readonly errors: number
} {
  const bad = rows.filter((row) => isBad(row.case))
  const failures = bad.filter((row) => isAssertion(row.case.failure) && row.case.result === 'failed').length
  return { tests: rows.length, failures, errors: bad.length - failures }
}

function isSkipped({ result }: CaseResult): boolean {
  return result === 'skipped' || result === 'cancelled'
}

/** JUnit calls a broken expectation a failure, and everything else that went wrong an error. */
function isAssertion(failure: Failure | undefined): boolean {
  return failure?.category === 'assertion'
}

function writeCase(row: ReportCase, names: Map<string, number>, artifacts: readonly Artifact[] | undefined): string {
  const { case: one } = row
  const classname = plainText(one.file ?? row.task)
  const title = plainText(one.path.join(plainSeparator)) || '(no name)'
  const head = xmlAttributes({ classname, name: unique(classname, title, names), time: xmlSeconds(one.durationMs) })
  const marks = writeMarks(row) + writeAttachments(artifacts)
  return marks === '' ? `    <testcase${head}/>\n` : `    <testcase${head}>\n${marks}    </testcase>\n`
}

/** GitLab counts only the first of several cases with one name, so the later ones are numbered. */
function unique(classname: string, title: string, names: Map<string, number>): string {
  const count = (names.get(`${classname}\u0000${title}`) ?? 0) + 1
  names.set(`${classname}\u0000${title}`, count)
  return count === 1 ? title : unique(classname, `${title} (${count})`, names)
}

function writeMarks(row: ReportCase): string {
  const { case: one } = row
  switch (one.result) {
    case 'passed':
      return isFlaky(one) ? writeTries('flaky', row) : ''
    case 'failed':
      return writeFailure(one.failure, typeOf(one.failure)) + writeTries('rerun', row)
    case 'timed-out':
      return writeFailure(one.failure, 'timed-out') + writeTries('rerun', row)
    case 'cancelled':
      return `      <skipped${xmlAttributes({ type: 'cancelled', message: one.reason ?? one.failure?.message })}/>\n`
    case 'skipped':
      return `      <skipped${xmlAttributes({ message: one.reason })}/>\n`
  }
}

function writeFailure(failure: Failure | undefined, type: string): string {
  const tag = isAssertion(failure) && type !== 'timed-out' ? 'failure' : 'error'
  const head = xmlAttributes({ type, message: failure?.message ?? 'It failed without saying why' })
  return `      <${tag}${head}>${xmlText(failure?.stack ?? '')}</${tag}>\n`
}

/** One element for each failed try before the last; those of which nothing is known are written all the same. */
function writeTries(kind: 'flaky' | 'rerun', { case: one, earlierFailures }: ReportCase): string {
  const count = Math.min(mostTries, Math.max(one.retries ?? 0, earlierFailures.length))
  let written = ''
  for (let at = 0; at < count; at++) {
    const failure = earlierFailures[at]
    const tag = `${kind}${failure === undefined || isAssertion(failure) ? 'Failure' : 'Error'}`
    const head = xmlAttributes({
      message: failure?.message ?? 'A failed try of which nothing was kept',
      type: typeOf(failure),
    })
    const stack = failure?.stack === undefined ? '' : `<stackTrace>${xmlText(failure.stack)}</stackTrace>`
    written += `      <${tag}${head}>${stack}</${tag}>\n`
  }
  return written
}

function typeOf(failure: Failure | undefined): string {
  return failure?.errorName ?? failure?.category ?? 'unknown'
}

/** What the tasks printed, where something went wrong: that is when somebody reads it; and always what was left running. */
function writeOutput(rows: readonly ReportCase[], tasks: ReadonlyMap<string, TaskReport>): string {
  const named = new Set(rows.filter((row) => isBad(row.case) || isFlaky(row.case)).map((row) => row.task))
  let written = ''
  for (const stream of ['stdout', 'stderr'] as const) {
    const texts = Array.from(named).flatMap((id) => {
      const attempt = tasks.get(id)?.attempts.findLast((candidate) => candidate.details?.[stream] !== undefined)
      const text = capturedText(attempt?.details?.[stream])
      return attempt === undefined || text === '' ? [] : [`[${id}, attempt ${attempt.n}]\n${text}`]
    })
    if (stream === 'stderr') texts.push(...leakLines(rows, tasks))
    if (texts.length === 0) continue
    const tag = stream === 'stdout' ? 'system-out' : 'system-err'
    written += `    <${tag}>${xmlText(texts.join('\n'))}</${tag}>\n`
  }
  return written
}

function leakLines(rows: readonly ReportCase[], tasks: ReadonlyMap<string, TaskReport>): readonly string[] {
  const own = Array.from(new Set(rows.map(({ task }) => task)), (id) => tasks.get(id)).filter(
    (task) => task !== undefined,
  )
  return leaksIn({ tasks: own }).map((one) => `[${one.task}] ${leakSentence(one)}; killed after it ended`)
}

// What a document must give back of a report. The laws are functions of the writer and the reader, so that planted faults in
// either can show that the laws would notice.
import type { CaseResult, RunReport } from '@muster/core'
import { machineCases } from '../cases/machine-cases.ts'
import type { ReadCases } from '../read/read-cases.ts'
import { plainText } from '../text/plain-text.ts'

/** A format: how a report becomes a document and a document cases. */
export interface Format {
  readonly write: (report: RunReport) => string
  readonly read: (text: string) => ReadCases
}

/** The cases that were written and those that were read, side by side in the form to compare. */
export interface Compared {
  readonly written: readonly unknown[]
  readonly read: readonly unknown[]
  readonly isComplete: boolean
}

/** Exactly what was written. */
export function exactly({ write, read }: Format, report: RunReport): Compared {
  const answer = read(write(report))
  const written = machineCases(report).map((row) => row.case)
  return { written: written.map(bare), read: answer.cases.map(bare), isComplete: answer.isComplete }
}

/** Undefined fields left out, so that absence is compared and not its spelling. */
function bare(one: CaseResult): unknown {
  return JSON.parse(JSON.stringify(one))
}

/** What JUnit can carry: whole milliseconds, legal characters, names told apart, the texts of failures. */
export function asJunitCan({ write, read }: Format, report: RunReport): Compared {
  const answer = read(write(report))
  const rows = machineCases(report)
  const files = new Map<string, CaseResult[]>()
  for (const { case: one, task } of rows) {
    const suite = one.file ?? task
    files.set(suite, [...(files.get(suite) ?? []), one])
  }
  const written = Array.from(files.values()).flat()
  return { written: written.map(junitForm), read: answer.cases.map(junitForm), isComplete: answer.isComplete }
}

function junitForm({ result, durationMs, file, retries, failure, reason, path }: CaseResult): unknown {
  const isRun = result !== 'skipped' && result !== 'cancelled'
  // Numbers behind doubled names, and the separator in titles, do not come back.
  const title = plainText(path.join(' > ')).replace(/\r\n?/g, '\n')
  return {
    title: title.replace(/(?: \(\d+\))+$/, '') || '(no name)',
    result,
    durationMs: Math.round(durationMs),
    file: file === undefined ? undefined : plainText(file),
    retries: isRun ? (retries ?? 0) : 0,
    message: isRun && failure !== undefined ? plainText(failure.message).trim() : undefined,
    reason: isRun ? undefined : plainText(reason ?? '').trim(),
  }
}

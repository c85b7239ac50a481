// Writes the report files that were asked for, each as a whole or not at all.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { MusterError, type RunReport } from '@muster/core'
import { writeCtrf, writeJunit, writeReportJson, writeSummary, writeTap } from '@muster/reports'
import type { Output } from './output.ts'

/** Files by format; `-` stands for standard output. */
export type WantedReports = Readonly<Partial<Record<ReportFormat, string | undefined>>>

type ReportFormat = keyof typeof writers

const writers = {
  junit: writeJunit,
  json: writeReportJson,
  ctrf: writeCtrf,
  tap: writeTap,
  markdown: (report: RunReport): string => writeSummary(report, { format: 'markdown' }),
} as const

/** Formats in the order in which they are written. */
const formats = ['junit', 'json', 'ctrf', 'tap', 'markdown'] as const

/** Writes the files, relative to `folder`, and gives back their paths. */
export async function writeReports(
  report: RunReport,
  wanted: WantedReports,
  folder: string,
  output: Output,
): Promise<readonly string[]> {
  const written: string[] = []
  for (const format of formats) {
    const given = wanted[format]
    if (given === undefined) continue
    const text = writers[format](report)
    if (given === '-') output.out(text)
    else written.push(await writeWhole(resolve(folder, given), text, format))
  }
  return written
}

async function writeWhole(path: string, text: string, format: string): Promise<string> {
  const unfinished = `${path}.${String(process.pid)}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(unfinished, text)
    await rename(unfinished, path)
    return path
  } catch (error) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: `${path} to be writable for the ${format} report`,
      got: error instanceof Error ? error.message : String(error),
      remedy: 'Choose another file; the run is kept, and `muster report` writes it again.',
      cause: error,
    })
  }
}

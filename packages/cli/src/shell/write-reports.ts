// Hands report files to the publication, which knows how to write each whole or not at all; `-` stands for standard output.
import { resolve } from 'node:path'
import { publish, type PublishOptions } from '@muster/ci'
import type { RunReport } from '@muster/core'
import { writeCtrf, writeJunit, writeReportJson, writeSummary, writeTap } from '@muster/reports'
import type { Output } from './output.ts'

/** Files by format. */
export type WantedReports = Omit<PublishOptions, 'root'>

const formats = ['junit', 'json', 'ctrf', 'tap', 'summary'] as const

const writers: Readonly<Record<(typeof formats)[number], (report: RunReport) => string>> = {
  junit: writeJunit,
  json: writeReportJson,
  ctrf: writeCtrf,
  tap: writeTap,
  summary: (report) => writeSummary(report, { format: 'markdown' }),
}

/** Files of flags, relative to where they were typed, go over those of the configuration, relative to its root. */
export function mergeReports(flags: WantedReports, configured: WantedReports, root: string): WantedReports {
  return Object.fromEntries(
    formats.flatMap((format) => {
      const flag = flags[format]
      const file = flag ?? (configured[format] === undefined ? undefined : resolve(root, configured[format]))
      return file === undefined ? [] : [[format, file]]
    }),
  )
}

/** Writes the files and gives back their paths. */
export async function writeReports(
  report: RunReport,
  wanted: WantedReports,
  output: Output,
): Promise<readonly string[]> {
  for (const format of formats) if (wanted[format] === '-') output.out(writers[format](report))
  const files = Object.fromEntries(Object.entries(wanted).filter(([, file]) => file !== '-'))
  return (await publish(report, files)).map(({ path }) => path)
}

// Hands report files to the publication, which knows how to write each whole or not at all; `-` stands for standard output.
import { resolve } from 'node:path'
import { checkPublication, publish, type PublishOptions, writeDocument } from '@muster/ci'
import { MusterError, type RunReport } from '@muster/core'
import type { RunSettings } from '../arguments/run-settings.ts'
import type { Project } from './open-project.ts'
import type { Output } from './output.ts'

/** Files by format. */
export type WantedReports = Omit<PublishOptions, 'root' | 'projectRoot' | 'summary'>

const formats = ['junit', 'json', 'ctrf', 'tap', 'html', 'trace', 'markdown'] as const

/**
 * The files that a run is to leave behind, once it is sure that they can be written: whoever waits an hour for a run must not
 * learn at its end that the path was wrong. Throws `OUTPUT_UNWRITABLE` or `OPTIONS_INVALID`.
 */
export async function reportsOfRun(
  { root, storePath }: Pick<Project, 'root' | 'storePath'>,
  { files, configuredFiles }: Pick<RunSettings, 'files' | 'configuredFiles'>,
): Promise<WantedReports> {
  const wanted = mergeReports(files, configuredFiles, root)
  refuseStandardOutput(wanted)
  await checkReports(wanted, storePath)
  return wanted
}

/** Throws where a file could not be written, or would take the place of the database. */
export async function checkReports(wanted: WantedReports, storePath: string): Promise<void> {
  const files = filesOf(wanted)
  const onStore = Object.entries(files).find(([, file]) => resolve(file) === storePath)
  if (onStore !== undefined) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: `the ${onStore[0]} report to have a file of its own`,
      got: `${storePath}, where the runs are kept`,
      remedy: 'Choose another path.',
    })
  }
  await checkPublication(files)
}

/** What is shown of a run goes there, and the two together would be neither. */
function refuseStandardOutput(wanted: WantedReports): void {
  const format = formats.find((each) => wanted[each] === '-')
  if (format === undefined) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: `a file for the ${format} report, since the run itself is shown on standard output`,
    got: '-',
    remedy: `Name a file, or use \`muster report --${format} -\` after the run.`,
  })
}

/** Files of flags, relative to where they were typed, go over those of the configuration, relative to its root. */
function mergeReports(flags: WantedReports, configured: WantedReports, root: string): WantedReports {
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
  { output, root }: { readonly output: Output; readonly root: string },
): Promise<readonly string[]> {
  for (const format of formats) if (wanted[format] === '-') output.out(writeDocument(format, report))
  return (await publish(report, { ...filesOf(wanted), projectRoot: root })).map(({ path }) => path)
}

function filesOf(wanted: WantedReports): Readonly<Record<string, string>> {
  return Object.fromEntries(
    formats.flatMap((format) => {
      const file = wanted[format]
      return file === undefined || file === '-' ? [] : [[format, file]]
    }),
  )
}

// The same suite by its own runner and through muster run, counted by what each says at its end.
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '@muster/core'
import { reportCases } from '@muster/reports'
import { parseRunReport } from '@muster/reports/schemas'
import { musterCommand } from '../muster-command.ts'

/** Tests by how they ended. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What `node --test` counts. */
export async function countNative(root: string, files: readonly string[]): Promise<TestCounts> {
  const tap = await output(root, ['--test', '--test-reporter=tap', ...files])
  const said = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? Number.NaN)
  return {
    passed: said('pass'),
    failed: said('fail') + said('cancelled'),
    skipped: said('skipped') + said('todo'),
  }
}

/** What `muster run` counts. */
export async function countMuster(root: string, files: readonly string[]): Promise<TestCounts> {
  const report = join(root, 'muster-report.json')
  writeFileSync(
    join(root, 'muster.config.mjs'),
    `export default ${JSON.stringify({ runners: [{ runner: 'node', files }] })}\n`,
  )
  await output(root, [musterCommand(), 'run', '--slots', '2', '--report-json', report])
  // A file that could not be loaded is one failed test for both.
  const results = reportCases(parseRunReport(readFileSync(report, 'utf8'))).map((row) => row.case.result)
  const count = (...wanted: readonly Result[]): number => results.filter((result) => wanted.includes(result)).length
  return { passed: count('passed'), failed: count('failed', 'timed-out', 'cancelled'), skipped: count('skipped') }
}

/** What a command prints, also where it ends with failures. */
function output(cwd: string, args: readonly string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env, maxBuffer: 256 * 1024 * 1024 }, (_error, stdout) => {
      resolve(stdout)
    })
  })
}

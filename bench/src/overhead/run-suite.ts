// Runs a suite once, by its own runner's command or by ours, both as a person would type it with two workers, and checks by
// the lines that its tests left that every file ran once.
import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { musterCommand } from '../muster-command.ts'
import type { SuiteProject } from './suite-project.ts'

const run = promisify(execFile)

/** Runs the suite and says how many milliseconds the whole command took. */
export async function runSuite(
  { root, runner, rounds, witness }: SuiteProject,
  by: 'native' | 'muster',
): Promise<number> {
  rmSync(witness, { force: true })
  const args = by === 'muster' ? [musterCommand(), 'run', '--slots', '2'] : nativeArguments[runner]()
  const began = performance.now()
  await run(process.execPath, args, { cwd: root, env: environment(), maxBuffer: 64 * 1024 * 1024 })
  const elapsedMs = performance.now() - began
  const lines = readFileSync(witness, 'utf8').trim().split('\n')
  if (lines.length !== rounds.length || new Set(lines).size !== rounds.length) {
    throw new Error(
      `Expected each of ${String(rounds.length)} files to run once, got ${String(lines.length)} lines (${by})`,
    )
  }
  return elapsedMs
}

const nativeArguments = {
  vitest: () => [fileOf('vitest/package.json', 'vitest.mjs'), 'run', '--maxWorkers=2'],
  node: () => ['--test', '--test-concurrency=2', 'test/*.test.mjs'],
} as const

function fileOf(manifest: string, file: string): string {
  return join(dirname(fileURLToPath(import.meta.resolve(manifest))), file)
}

/** Neither side may believe that it runs inside of a test or of CI. */
function environment(): NodeJS.ProcessEnv {
  const { CI: _ci, VITEST: _vitest, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  return rest
}

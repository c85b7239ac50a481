// Zero configuration: recognises the test runners that a project uses from what lies in it, and shares its files out between
// them, so that no file is run by both.
import type { Runner } from '@muster/core'
import { selectionOf } from '../../files/selection.ts'
import { nodeTest } from '../../node/shell/node-runner.ts'
import { vitest } from '../../vitest/shell/vitest-runner.ts'
import { isCalledAsVitestExpects, recognise } from '../project-facts.ts'
import { leftOutWarning } from '../left-out-warning.ts'
import { readProject, readTestFiles } from './read-project.ts'

/** A test runner that a project seems to use. */
export interface RunnerCandidate {
  /** The runner with the options that suit what was found. */
  readonly runner: Runner
  /** Why it seems so, in words that may stand in parentheses. */
  readonly because: string
}

/**
 * The test runners that the project in `root` seems to use, most certain first; none where nothing is recognised. Nothing is
 * run or imported to find out.
 *
 * @example
 * ```ts
 * const [candidate] = await detectRunners(process.cwd())
 * candidate?.because // 'package.json depends on vitest, there is a vitest.config.ts'
 * ```
 */
export async function detectRunners(root: string): Promise<readonly RunnerCandidate[]> {
  const recognised = recognise(readProject(root))
  const [first] = recognised
  if (recognised.length === 1 && first !== undefined) {
    return [{ runner: first.name === 'vitest' ? vitest() : nodeTest(), because: inWords(first.reasons) }]
  }
  // With both, or with neither told by anything but the tests themselves, each file says whose it is.
  const { ofNodeTest: files, others } = readTestFiles(root)
  const globs = files.map(asGlob)
  const [one] = files
  if (one === undefined) return recognised.flatMap(({ name, reasons }) => vitestAlone(name, reasons))
  if (first === undefined) {
    return [{ runner: tellingLeftOut(nodeTest({ files: globs }), others), because: `${one} imports node:test` }]
  }
  const neither = others.filter((file) => !isCalledAsVitestExpects(file))
  return recognised.map(({ name, reasons }) => ({
    runner: name === 'vitest' ? vitest({ exclude: globs }) : tellingLeftOut(nodeTest({ files: globs }), neither),
    because: inWords(reasons),
  }))
}

/** Without a file that imports node:test, its runner would have nothing to run. */
function vitestAlone(name: 'vitest' | 'node', reasons: readonly string[]): readonly RunnerCandidate[] {
  return name === 'vitest' ? [{ runner: vitest(), because: inWords(reasons) }] : []
}

/** The runner, with a warning of its own about files that nobody will run. */
function tellingLeftOut(runner: Runner, files: readonly string[]): Runner {
  return {
    ...runner,
    discover: async (request) => {
      const discovery = await runner.discover(request)
      const warning = leftOutWarning(runner.name, files.filter(selectionOf(request.select).has))
      return warning === undefined ? discovery : { ...discovery, warnings: [...(discovery.warnings ?? []), warning] }
    },
  }
}

function inWords(reasons: readonly string[]): string {
  return reasons.join(', ')
}

/** A glob that matches this file only. */
function asGlob(file: string): string {
  return file.replace(/[\\*?[\]{}()!+@|^$]/g, '\\$&')
}

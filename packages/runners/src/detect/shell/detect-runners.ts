// Zero configuration: recognises the test runners that a project uses from what lies in it, and shares its files out between
// them, so that no file is run by both.
import type { Discovery, DiscoverRequest, Runner } from '@muster/core'
import { selectionOf } from '../../files/selection.ts'
import { nodeTest } from '../../node/shell/node-runner.ts'
import { leftAsideBy } from '../../vitest/left-aside-by.ts'
import { search, vitestFoundBy, type VitestSearch } from '../../vitest/shell/vitest-runner.ts'
import { isCalledAsVitestExpects, recognise } from '../project-facts.ts'
import { type LeftOutBy, leftOutWarning } from '../left-out-warning.ts'
import { readProject, readTestFiles } from './read-project.ts'

/** A test runner that a project seems to use. */
export interface RunnerCandidate {
  /** The runner with the options that suit what was found. */
  readonly runner: Runner
  /** Why it seems so, in words that may stand in parentheses. */
  readonly because: string
}

/**
 * The test runners that the project in `root` seems to use, most certain first; none where nothing is recognised. Where several
 * are, none is given a file of another. Nothing is run or imported to find out.
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
  if (recognised.length === 1 && first?.name === 'node') {
    return [{ runner: nodeTest(), because: inWords(first.reasons) }]
  }
  // Beside Vitest, or with nothing told by anything but the tests themselves, each file says whose it is.
  const { ofNodeTest, others } = readTestFiles(root)
  const [one] = ofNodeTest
  const node = { files: ofNodeTest.map(asGlob), because: `${one ?? 'none'} imports node:test` }
  if (first === undefined) {
    if (one === undefined) return []
    return [{ runner: tellingLeftOut(nodeTest({ files: node.files }), 'node', others), because: node.because }]
  }
  const named = (name: 'vitest' | 'node'): string | undefined =>
    recognised.filter((each) => each.name === name).map(({ reasons }) => inWords(reasons))[0]
  const find = sharing(search)
  const ofVitest = vitestFoundBy({ exclude: node.files }, find)
  const vitests: RunnerCandidate = {
    runner: tellingLeftOut(ofVitest, 'vitest', others.filter(isCalledAsVitestExpects)),
    because: named('vitest') ?? '',
  }
  // Without a file that imports node:test, its runner would have nothing to run.
  if (one === undefined) return [vitests]
  const neither = others.filter((file) => !isCalledAsVitestExpects(file))
  const ofNode = nodeTest({ files: node.files })
  const isByScript = named('node') !== undefined
  const nodes: RunnerCandidate = {
    // Whoever runs `node --test` runs what Vitest leaves aside; without that, fixtures are left aside by everybody.
    runner: tellingLeftOut(isByScript ? ofNode : withoutLeftAside(ofNode, find), 'node', neither),
    because: named('node') ?? node.because,
  }
  return first.name === 'vitest' ? [vitests, nodes] : [nodes, vitests]
}

/** The runner, without what the configuration of Vitest takes out, and with a warning about it. */
function withoutLeftAside(runner: Runner, find: typeof search): Runner {
  const discover = async (request: DiscoverRequest): Promise<Discovery> => {
    const setup = { kind: 'vitest', root: '.', project: [] }
    const [discovery, { found }] = await Promise.all([runner.discover(request), find(setup, request)])
    const isLeftAside = leftAsideBy(found.leftAside, request.root)
    const leftAside = discovery.tasks.flatMap(({ file }) => (file !== undefined && isLeftAside(file) ? file : []))
    const warning = leftOutWarning('vitest-exclude', leftAside)
    if (warning === undefined) return discovery
    const taken = new Set(leftAside)
    return {
      ...discovery,
      tasks: discovery.tasks.filter(({ file }) => file === undefined || !taken.has(file)),
      warnings: [...(discovery.warnings ?? []), warning],
    }
  }
  return { ...runner, discover }
}

/** Both runners of one project ask Vitest at the same time: one search is enough. */
function sharing(find: typeof search): typeof search {
  const underWay = new Map<string, Promise<VitestSearch>>()
  return (setup, request) => {
    const key = JSON.stringify([request.root, request.cacheDir])
    const shared = underWay.get(key)
    if (shared !== undefined) return shared
    const searching = find(setup, request).finally(() => underWay.delete(key))
    underWay.set(key, searching)
    return searching
  }
}

/** The runner, with a warning of its own about those of `files` that were asked for and that nobody will run. */
function tellingLeftOut(runner: Runner, by: LeftOutBy, files: readonly string[]): Runner {
  return {
    ...runner,
    discover: async (request) => {
      const discovery = await runner.discover(request)
      const taken = new Set(discovery.tasks.flatMap(({ file }) => file ?? []))
      const isAskedFor = selectionOf(request.select).has
      const warning = leftOutWarning(
        by,
        files.filter((file) => !taken.has(file) && isAskedFor(file)),
      )
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

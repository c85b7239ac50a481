// What running a suite through Muster costs beside running it by its own runner, on two workers each.
import { BenchMisuse } from '../bench-misuse.ts'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figures } from '../bench.ts'
import { median } from '../measure.ts'
import { fileLengths } from '../overhead/file-lengths.ts'
import { runSuite } from '../overhead/run-suite.ts'
import {
  roundsPerSecond,
  type SuiteProject,
  type SuiteRunner,
  suiteRunners,
  writeSuite,
} from '../overhead/suite-project.ts'
import { positiveNumber, wholeNumber } from '../read-number.ts'

const files = 200
interface Pair {
  readonly first: number
  readonly second: number
  readonly nativeMs: number
}

export const bench: Bench = {
  name: 'overhead',
  summary: 'a suite of 200 files with real lengths through muster run, beside its own runner, two workers each',
  figures: {
    '<runner>_ratio': 'a first run: ours / the runner’s own command, median over the pairs',
    '<runner>_history_ratio': 'a second run, with what each side remembers of the first',
  },
  options: {
    runner: 'vitest, node, or both separated by a comma; both unless given',
    pairs: 'how many pairs of runs; 9 unless given',
    work: 'seconds of work of the whole suite on one core; 20 unless given. Lengths keep their proportions',
  },
  async run({ data, options, progress }) {
    if (data === undefined) throw new BenchMisuse('Expected --data DIR with the set ci-durations, got none.')
    const pairs = wholeNumber({ options }, 'pairs', { fallback: 9 })
    const workSeconds = positiveNumber({ options }, 'work', 20)
    const asked = String(options['runner'] ?? suiteRunners.join(',')).split(',')
    const lengths = fileLengths(data, files)
    const total = lengths.reduce((sum, seconds) => sum + seconds, 0)
    const perSecond = roundsPerSecond()
    const rounds = lengths.map((seconds) => Math.max(1, Math.round((seconds / total) * workSeconds * perSecond)))
    const figures: Record<string, number> = {}
    const peers: Record<string, Figures> = {}
    for (const runner of suiteRunners.filter((name) => asked.includes(name))) {
      const results: Pair[] = []
      for (let pair = 0; pair < pairs; pair++) {
        results.push(await onePair(runner, deal(rounds), pair % 2 === 0))
        progress(`${runner}: pair ${String(pair + 1)} of ${String(pairs)}: ${describe(results.at(-1))}`)
      }
      figures[`${runner}_ratio`] = median(results.map(({ first }) => first))
      figures[`${runner}_history_ratio`] = median(results.map(({ second }) => second))
      peers[`${runner} alone`] = { ms: median(results.map(({ nativeMs }) => nativeMs)) }
    }
    const notes = [
      `${String(files)} files, ${String(workSeconds)} s of work in all, the longest ${((Math.max(...lengths) / total) * workSeconds).toFixed(2)} s; in their projects they take ${total.toFixed(0)} s, so what a run costs by itself weighs ${(total / workSeconds).toFixed(0)} times as much here`,
      'each side has a project of its own; both keep between the first run and the second what they keep by themselves',
      'Vitest orders files too: larger ones first, and longer ones first once it has run them; node:test never does',
    ]
    return { figures, peers, notes }
  },
}

/** Both sides in turn, a first run and a second one each; who begins changes from pair to pair. */
async function onePair(runner: SuiteRunner, rounds: readonly number[], isNativeFirst: boolean): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-overhead-'))
  try {
    const native = project(folder, 'native', runner, rounds)
    const ours = project(folder, 'muster', runner, rounds)
    const times = { native: [0, 0], muster: [0, 0] }
    for (const turn of [0, 1]) {
      for (const by of isNativeFirst ? (['native', 'muster'] as const) : (['muster', 'native'] as const)) {
        times[by][turn] = await runSuite(by === 'native' ? native : ours, by)
      }
    }
    const [nativeFirst = 0, nativeSecond = 0] = times.native
    const [musterFirst = 0, musterSecond = 0] = times.muster
    return { first: musterFirst / nativeFirst, second: musterSecond / nativeSecond, nativeMs: nativeFirst }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function project(folder: string, name: string, runner: SuiteRunner, rounds: readonly number[]): SuiteProject {
  const root = join(folder, name)
  mkdirSync(root)
  const made = { root, runner, rounds, witness: join(folder, `${name}.witness`) }
  writeSuite(made)
  return made
}

/** Spreads the lengths over the names, so that the order of the alphabet is no help to anybody. */
function deal(rounds: readonly number[]): readonly number[] {
  const step = 83
  return rounds.map((_, at) => rounds[(at * step) % rounds.length] ?? 1)
}

function describe(pair: Pair | undefined): string {
  if (pair === undefined) return ''
  return `first ${pair.first.toFixed(3)}, second ${pair.second.toFixed(3)}, alone ${(pair.nativeMs / 1000).toFixed(1)} s`
}

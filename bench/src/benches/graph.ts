// What it costs to get from definitions to an order that can be trusted, validation included, beside the libraries that
// people would take otherwise.
import type { Bench, Figures } from '../bench.ts'
import { measure } from '../measure.ts'

/** How long a process goes on building anew, and how often all take turns; the figure is the fastest round of all. */
const seconds = 4
const turns = 2
const peers = ['graphology', 'dependency-graph', 'toposort', 'graph-data-structure'] as const

export const bench: Bench = {
  name: 'graph',
  summary: 'building and ordering a graph of string ids with five edges a task, in fresh processes',
  figures: {
    build_ms_1e5: 'ms to build and order 100,000 tasks with 500,000 edges, fastest round',
    cold_ms_1e5: 'the same, first round of a process',
    heap_mb_1e5: 'MB (10^6 bytes) that such a graph takes beside its tasks, order and typed arrays included',
    build_ms_1e6: 'ms for 1,000,000 tasks with 5,000,000 edges, fastest round',
    cold_ms_1e6: 'the same, first round of the process',
    deep_chain: '1 if a chain of 1,000,000 is ordered and as a ring told as a cycle',
    fastest_peer_ratio: 'fastest peer / ours, 100,000 tasks',
  },
  async run({ seed, progress }) {
    const run = (library: string, tasks: number): Promise<Figures> =>
      measure('graph-run.ts', [library, String(tasks), '5', String(seed), String(seconds)])
    const small: Figures[] = []
    const theirs: Record<string, Figures[]> = {}
    // Ours runs between any two others, so that a machine that is busy for a while is busy for both.
    for (let turn = 1; turn <= turns; turn++)
      for (const peer of peers) {
        progress(`muster, then ${peer}, 100,000 tasks, turn ${turn} of ${turns}`)
        small.push(await run('muster', 100_000))
        ;(theirs[peer] ??= []).push(await run(peer, 100_000))
      }
    progress('muster, 1,000,000 tasks')
    const large = await run('muster', 1_000_000)
    progress('a chain of 1,000,000 tasks')
    const { worked = 0 } = await measure('graph-run.ts', ['chain', '1000000'])
    const ours = fastestOf(small)
    const beside = Object.fromEntries(Object.entries(theirs).map(([peer, figures]) => [peer, fastestOf(figures)]))
    return {
      figures: {
        ...ours,
        heap_mb_1e5: small[0]?.['heap_mb'] ?? Number.NaN,
        build_ms_1e6: large['min_ms'] ?? Number.NaN,
        cold_ms_1e6: large['cold_ms'] ?? Number.NaN,
        deep_chain: worked,
        fastest_peer_ratio: Math.min(...Object.values(beside).map((each) => each.build_ms_1e5)) / ours.build_ms_1e5,
      },
      peers: beside,
      notes: [
        'ids have 21 letters and come out of JSON.parse anew for every round; tasks are defined in shuffled order',
        'ours validates (unknown ids, duplicates, cycles, numbers) within the time; the peers find cycles at most',
        `libraries take ${turns} turns of ${seconds} seconds in fresh processes, 3 rounds at least; ours runs before each other`,
      ],
    }
  },
}

function fastestOf(runs: readonly Figures[]): { readonly build_ms_1e5: number; readonly cold_ms_1e5: number } {
  const least = (figure: string): number => Math.min(...runs.map((figures) => figures[figure] ?? Number.NaN))
  return { build_ms_1e5: least('min_ms'), cold_ms_1e5: least('cold_ms') }
}

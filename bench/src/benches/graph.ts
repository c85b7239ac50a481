// What it costs to get from definitions to an order that can be trusted, validation included, beside the libraries that
// people would take otherwise.
import type { Bench, Figures } from '../bench.ts'
import { measure } from '../measure.ts'

/** Rounds of each library, ours included; the figure is the fastest. */
const rounds = 12
const peers = ['graphology', 'dependency-graph', 'toposort', 'graph-data-structure'] as const

export const bench: Bench = {
  name: 'graph',
  summary: 'building and ordering a graph of string ids with five edges a task, in fresh processes',
  figures: {
    build_ms_1e5: 'ms to build and order 100,000 tasks with 500,000 edges, fastest round',
    cold_ms_1e5: 'the same, first round of the process',
    heap_mb_1e5: 'MB (10^6 bytes) that such a graph takes beside its tasks, order and typed arrays included',
    build_ms_1e6: 'ms for 1,000,000 tasks with 5,000,000 edges, fastest round',
    cold_ms_1e6: 'the same, first round of the process',
    deep_chain: '1 if a chain of 1,000,000 is ordered and as a ring told as a cycle',
    fastest_peer_ratio: 'fastest peer / ours, 100,000 tasks',
  },
  async run({ seed, progress }) {
    const run = (library: string, tasks: number, times: number): Promise<Figures> =>
      measure('graph-run.ts', [library, String(tasks), '5', String(seed), String(times)])
    const theirs: Record<string, Figures> = {}
    progress('muster, 100,000 tasks')
    const small = await run('muster', 100_000, rounds)
    for (const peer of peers) {
      progress(`${peer}, 100,000 tasks`)
      const { min_ms = Number.NaN, cold_ms = Number.NaN } = await run(peer, 100_000, rounds)
      theirs[peer] = { build_ms_1e5: min_ms, cold_ms_1e5: cold_ms }
    }
    progress('muster, 1,000,000 tasks')
    const large = await run('muster', 1_000_000, 4)
    progress('a chain of 1,000,000 tasks')
    const { worked = 0 } = await measure('graph-run.ts', ['chain', '1000000'])
    const ours = small['min_ms'] ?? Number.NaN
    const fastest = Math.min(...Object.values(theirs).map((figures) => figures['build_ms_1e5'] ?? Number.NaN))
    return {
      figures: {
        build_ms_1e5: ours,
        cold_ms_1e5: small['cold_ms'] ?? Number.NaN,
        heap_mb_1e5: small['heap_mb'] ?? Number.NaN,
        build_ms_1e6: large['min_ms'] ?? Number.NaN,
        cold_ms_1e6: large['cold_ms'] ?? Number.NaN,
        deep_chain: worked,
        fastest_peer_ratio: fastest / ours,
      },
      peers: theirs,
      notes: [
        'ids have 21 letters and come out of JSON.parse anew for every round; tasks are defined in shuffled order',
        'ours validates (unknown ids, duplicates, cycles, numbers) within the time; the peers find cycles at most',
        `every library has ${rounds} rounds at 100,000 tasks in a process of its own, ours 4 at 1,000,000`,
      ],
    }
  },
}

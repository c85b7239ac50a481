// A fleet and work for it, drawn from a seed: workers of a few kinds, tasks that need four resources in a few proportions,
// some of them a label, and each with a repository that some hosts have warm.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'

/** Workers and tasks that go together. */
export interface Fleet {
  readonly workers: readonly WorkerDefinition[]
  readonly tasks: readonly TaskDefinition[]
}

const labels = ['linux', 'browser', 'arm', 'database']
const proportions: readonly Readonly<Record<string, number>>[] = [
  { cpu: 1, memory: 1 },
  { cpu: 1, memory: 2, disk: 1 },
  { cpu: 2, memory: 2 },
  { cpu: 2, memory: 6, disk: 2 },
  { cpu: 4, memory: 4 },
  { cpu: 1, memory: 4, gpu: 1 },
]
const repositories = 64

/** Draws a fleet of so many workers and tasks. */
export function drawFleet(workers: number, tasks: number, seed: number): Fleet {
  const roll = dice(seed)
  return {
    workers: Array.from({ length: workers }, (_, at) => ({
      id: `worker-${String(at)}`,
      engine: 'fleet',
      kinds: ['test'],
      host: `host-${String(at >> 2)}`,
      labels: [labels[at % labels.length] ?? ''],
      capacity: { slots: 8, cpu: 8 + 8 * (at % 2), memory: 32, disk: 8, gpu: at % 8 === 0 ? 2 : 0 },
    })),
    tasks: Array.from({ length: tasks }, (_, at) => {
      const resources = proportions[Math.floor(roll() * proportions.length)] ?? {}
      const label =
        resources['gpu'] === undefined && roll() < 0.5 ? labels[Math.floor(roll() * labels.length)] : undefined
      return {
        id: `task-${String(at)}`,
        kind: 'test',
        expectedMs: Math.round(1000 * Math.exp(4 * roll())),
        tags: [`repository-${String(Math.floor(roll() * repositories))}`],
        needs: { resources, ...(label === undefined ? {} : { labels: [label] }) },
      }
    }),
  }
}

/** Whether a host has a repository warm: each has a few. */
export function isWarm(host: string, tag: string): boolean {
  let hash = 7
  for (const text of [host, tag]) {
    for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0
  }
  return hash % 16 === 0
}

/** A linear congruential generator: numbers from 0 up to 1, the same for the same seed (Numerical Recipes). */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

// What the processes of one attempt use together, folded from looks at them. Looks miss what lives between two of them, so
// the processor time of children counts with the parent that waited for them, and no sum ever goes down.
import type { OverLimit } from '../../failure/failure-over-limit.ts'
import type { AttemptLimits } from '../../model/limits.ts'
import type { ResourceUse } from '../../model/outcome.ts'
import type { ProcessUse } from './process-use.ts'

/** One look. */
export interface Look {
  /** The living processes, by id. */
  readonly processes: ReadonlyMap<number, ProcessUse>
  /** Processor time of all together, those that have ended too, where the kernel counts it. In milliseconds. */
  readonly treeCpuMs: number | undefined
}

/** What an attempt used so far. */
export class AttemptUse {
  #beforeCpuMs: number | undefined
  #cpuMs = 0
  #peakBytes = 0

  /** What is there when the attempt begins: the processor time used before is not the attempt's. Without it none is known. */
  begin(look: Look): void {
    this.#beforeCpuMs = cpuOf(look)
  }

  add(look: Look): void {
    if (this.#beforeCpuMs !== undefined) this.#cpuMs = Math.max(this.#cpuMs, cpuOf(look) - this.#beforeCpuMs)
    this.#peakBytes = Math.max(this.#peakBytes, rssOf(look))
  }

  /** The first limit that is passed. `measureMemory` is asked for the exact memory only where a look comes near the limit. */
  over({ memoryBytes, cpuMs }: AttemptLimits, look: Look, measureMemory: () => number): OverLimit | undefined {
    if (cpuMs !== undefined && this.#cpuMs > cpuMs) return { limit: 'cpu', measured: this.#cpuMs, allowed: cpuMs }
    if (memoryBytes === undefined || rssOf(look) <= memoryBytes) return undefined
    const measured = measureMemory()
    return measured > memoryBytes ? { limit: 'memory', measured, allowed: memoryBytes } : undefined
  }

  /** What it used, with what its agent measured itself. */
  with(own: ResourceUse = {}): ResourceUse {
    return {
      ...own,
      ...(this.#cpuMs === 0 ? {} : { cpuMs: Math.max(own.cpuMs ?? 0, this.#cpuMs) }),
      ...(this.#peakBytes === 0 ? {} : { maxRssBytes: Math.max(own.maxRssBytes ?? 0, this.#peakBytes) }),
    }
  }
}

function cpuOf({ processes, treeCpuMs }: Look): number {
  if (treeCpuMs !== undefined) return Math.round(treeCpuMs)
  let sum = 0
  for (const { cpuMs } of processes.values()) sum += cpuMs
  return sum
}

function rssOf({ processes }: Look): number {
  let sum = 0
  for (const { rssBytes } of processes.values()) sum += rssBytes
  return sum
}

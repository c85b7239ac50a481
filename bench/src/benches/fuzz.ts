// A million damaged documents for everything that reads what others wrote. A reader may answer in part or refuse with a code;
// a crash is any other throw, a hang more than 100 ms of CPU, a pollution any change to what all code shares.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { readCorpus } from '../fuzz/corpus.ts'
import type { Finding, FuzzSpan, Trouble } from '../fuzz/finding.ts'
import { inputsOf } from '../fuzz/inputs.ts'
import { faults } from '../fuzz/planted.ts'
import { openReaders } from '../fuzz/readers.ts'
import { wholeNumber } from '../read-number.ts'

const threads = 2
/** How long an input may stand without a move before its thread is ended, in milliseconds. */
const stuckMs = 5000
/** Most threads that are started anew; beyond that the rest is not tried, and says so. */
const mostRestarts = 40

export const bench: Bench = {
  name: 'fuzz',
  summary:
    'damaged documents for every reader: JUnit, TAP, CTRF, reports, messages of runners, configuration, journals',
  figures: {
    inputs: 'inputs that were tried',
    crashes: 'inputs at which something other than a MusterError was thrown',
    hangs: 'inputs that took more than 100 ms of CPU, three times in a row, or never came back',
    pollution: 'inputs after which a prototype or the global object was not as before',
    heap_growth_mb:
      "growth of a thread's heap from its first quarter to its end, after collecting garbage; the worst thread",
  },
  options: {
    inputs: 'how many inputs to try; 1000000 unless given',
    only: 'the number of one input to try alone, as a note names it',
  },
  faults,
  run: async (context) => {
    const isAlone = context.options['only'] !== undefined
    const only = isAlone ? wholeNumber(context, 'only', { fallback: 0, least: 0 }) : undefined
    const inputs = isAlone ? 1 : wholeNumber(context, 'inputs', { fallback: 1_000_000 })
    return new Fuzzing(context, inputs).run(only)
  },
}

class Fuzzing {
  readonly #context: BenchContext
  readonly #inputs: number
  readonly #troubles: Trouble[] = []
  readonly #heaps: (readonly { readonly count: number; readonly bytes: number }[])[] = []
  readonly #notes: string[] = []
  #tried = 0
  #restarts = 0

  constructor(context: BenchContext, inputs: number) {
    this.#context = context
    this.#inputs = inputs
  }

  async run(only: number | undefined): Promise<BenchResult> {
    if (only !== undefined) await this.#feed(only, only + 1, 1)
    else await Promise.all(Array.from({ length: threads }, (_, thread) => this.#feed(thread, this.#inputs, threads)))
    const figures = {
      inputs: this.#tried,
      crashes: this.#count('crash'),
      hangs: this.#count('hang'),
      pollution: this.#count('pollution'),
      ...this.#growth(),
    }
    return { figures, notes: [...this.#notes, ...this.#describe()] }
  }

  /** Feeds every `step`th input, in as many threads one after another as it takes. */
  async #feed(from: number, to: number, step: number): Promise<void> {
    let next = from
    while (next < to) {
      const stuckAt = await this.#runThread(next, to, step)
      if (stuckAt === undefined) return
      this.#tried += (stuckAt - next) / step + 1
      next = stuckAt + step
      this.#restarts += 1
      if (this.#restarts <= mostRestarts) continue
      this.#notes.push(`given up at input ${next}: ${mostRestarts} threads were stuck`)
      return
    }
  }

  /** One thread to its end, or the number of the input at which it was stuck or died. */
  #runThread(from: number, to: number, step: number): Promise<number | undefined> {
    const mark = new SharedArrayBuffer(8)
    const current = new Float64Array(mark)
    current[0] = from
    const { seed, plant, progress } = this.#context
    const workerData: FuzzSpan = { seed, plant, from, to, step, mark }
    const thread = new Worker(new URL('../workers/fuzz-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    const heap: { readonly count: number; readonly bytes: number }[] = []
    this.#heaps.push(heap)
    return new Promise((resolve, reject) => {
      let seen = -1
      let seenAt = performance.now()
      let isReady = false
      const watch = setInterval(() => {
        const number = current[0] ?? from
        if (!isReady || number !== seen) {
          seen = number
          seenAt = performance.now()
        } else if (performance.now() - seenAt > stuckMs) {
          end(number)
          void this.#lost(number, { kind: 'hang', cpuMs: stuckMs })
        }
      }, 250)
      const end = (stuckAt: number | undefined): void => {
        clearInterval(watch)
        thread.removeAllListeners()
        void thread.terminate().then(() => {
          resolve(stuckAt)
        })
      }
      thread.on('message', (finding: Finding) => {
        if (finding.kind === 'ready') isReady = true
        else if (finding.kind === 'heap') {
          heap.push(finding)
          if (finding.count > 0) progress(`input ${current[0] ?? 0} of ${to}, ${this.#troubles.length} found`)
        } else if (finding.kind === 'done') {
          this.#tried += finding.count
          end(undefined)
        } else this.#troubles.push(finding)
      })
      thread.once('error', (error) => {
        clearInterval(watch)
        if (!isReady) {
          reject(error)
          return
        }
        const number = current[0] ?? from
        end(number)
        void this.#lost(number, { kind: 'crash', error: `its thread ended: ${error.message}` })
      })
    })
  }

  /** An input whose thread cannot tell of it any more is made again here. */
  async #lost(
    number: number,
    what: { readonly kind: 'hang'; readonly cpuMs: number } | { readonly kind: 'crash'; readonly error: string },
  ): Promise<void> {
    const input = inputsOf(this.#context.seed, await readCorpus(), await openReaders())(number)
    this.#troubles.push({ ...what, reader: input.reader.name, number, text: input.text })
  }

  #count(kind: Trouble['kind']): number {
    return new Set(this.#troubles.filter((trouble) => trouble.kind === kind).map(({ number }) => number)).size
  }

  #growth(): { readonly heap_growth_mb?: number } {
    const growths = this.#heaps.flatMap((heap) => {
      const last = heap.at(-1)
      const first = heap.find(({ count }) => last !== undefined && count >= last.count / 4)
      return first === undefined || last === undefined || last.count < 1000 ? [] : [(last.bytes - first.bytes) / 1e6]
    })
    return growths.length === 0 ? {} : { heap_growth_mb: Math.round(Math.max(...growths) * 100) / 100 }
  }

  /** One note for each sort of trouble, with the seed, the number and the file that holds the input. */
  #describe(): readonly string[] {
    const sorts = new Map<string, Trouble[]>()
    for (const trouble of this.#troubles) {
      const sort = sortOf(trouble)
      sorts.set(sort, [...(sorts.get(sort) ?? []), trouble])
    }
    if (sorts.size === 0) return []
    const folder = mkdtempSync(join(tmpdir(), 'muster-fuzz-'))
    return [...sorts].slice(0, 20).flatMap(([sort, troubles]) => {
      const [first] = troubles
      if (first === undefined) return []
      const file = join(folder, `${first.kind}-${first.reader}-${first.number}.txt`)
      writeFileSync(file, first.text)
      return [`${troubles.length} x ${sort} (seed ${this.#context.seed}, input ${first.number}: ${file})`]
    })
  }
}

function sortOf(trouble: Trouble): string {
  const what = `${trouble.kind} in ${trouble.reader}`
  switch (trouble.kind) {
    case 'crash':
      return `${what}: ${trouble.error}`
    case 'pollution':
      return `${what}: ${trouble.changed.join(', ')}`
    case 'hang':
      return what
  }
}

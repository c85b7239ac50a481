// A reader may be as slow as it likes: what it makes of the snapshots and events that it is handed is what everybody else
// makes of the whole stream. The kernel is the real one; the queues are tiny, so that nearly every reader falls behind.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunEvent } from '../events/run-event.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import { fifo } from '../run/fifo.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import { Kernel } from '../run/kernel.ts'
import { kernelOptions } from '../run/kernel-options.ts'
import { EventHub } from './event-hub.ts'
import { foldEvents } from './fixtures/fold-events.ts'
import { RunPublisher } from './run-publisher.ts'

type Move =
  | { readonly kind: 'step'; readonly ends: readonly Outcome['result'][]; readonly joins: boolean }
  | { readonly kind: 'news' }
  /** `inside`: while the kernel is ahead of what was told. */
  | { readonly kind: 'read'; readonly reader: number; readonly times: number; readonly inside: boolean }

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant('step' as const),
    ends: fc.array(fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const), { maxLength: 4 }),
    joins: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('news' as const) }),
  fc.record({
    kind: fc.constant('read' as const),
    reader: fc.nat({ max: 2 }),
    times: fc.integer({ min: 1, max: 30 }),
    inside: fc.boolean(),
  }),
)

/** One that asks for one event after the other. */
class Reader {
  readonly read: RunEvent[] = []
  isDone = false
  readonly #events: AsyncIterator<RunEvent>
  #isWaiting = false

  constructor(events: AsyncIterable<RunEvent>) {
    this.#events = events[Symbol.asyncIterator]()
  }

  async ask(times: number): Promise<void> {
    await turns()
    for (let time = 0; time < times && !this.#isWaiting && !this.isDone; time++) {
      this.#isWaiting = true
      void this.#events.next().then(({ value, done }) => {
        this.#isWaiting = false
        if (done === true) this.isDone = true
        else this.read.push(value)
      })
      await turns()
    }
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve()
}

class World {
  readonly hub: EventHub
  readonly whole: RunEvent[] = []
  readonly readers: readonly Reader[]
  readonly #kernel = new Kernel(fifo())
  readonly #publisher: RunPublisher
  readonly #running: { readonly task: number; readonly n: number }[] = []
  readonly #isBlind: boolean
  #position = 0

  /** `isBlind`: nobody says when the state is ahead of what was told. */
  constructor(capacity: number, { isBlind = false } = {}) {
    this.#isBlind = isBlind
    this.hub = new EventHub([{ name: 'whole', event: (event) => void this.whole.push(event) }], capacity)
    this.#publisher = new RunPublisher(this.#kernel, this.hub, 0, () => 0)
    this.readers = [0, 1, 2].map(() => new Reader(this.hub.queue()))
  }

  async begin(tasks: readonly TaskDefinition[]): Promise<void> {
    const options = kernelOptions.parse({ retry: { maxAttempts: 2, baseDelayMs: 0 } })
    await this.step([
      { kind: 'begin', run: 'r', name: 'r', seed: 1, options },
      { kind: 'open', epoch: 1 },
      { kind: 'worker-joined', worker: { id: 'w', engine: 'e', kinds: ['k'], capacity: { slots: 3 } } },
      { kind: 'add-tasks', tasks },
      { kind: 'close-source' },
    ])
  }

  /** `inside` is called where the state is ahead of what was told. */
  async step(signals: readonly KernelSignal[], inside?: () => Promise<void>): Promise<void> {
    if (!this.#isBlind) this.#publisher.goesAhead()
    const step = this.#kernel.step(signals, this.#position)
    await inside?.()
    for (const entry of step.entries) if (entry.kind === 'launched') this.#running.push(entry)
    this.#publisher.step(step, ++this.#position)
  }

  async play(move: Move): Promise<void> {
    if (this.isOver) return
    switch (move.kind) {
      case 'news':
        this.#publisher.news({ kind: 'progress', attempt: { run: 'r', ...this.#first }, fraction: 0.5 })
        return
      case 'step':
        await this.step(this.#signals(move))
        return
      case 'read': {
        const ask = async (): Promise<void> => this.readers[move.reader]?.ask(move.times)
        if (move.inside) await this.step(this.#signals({ ends: ['passed', 'failed'], joins: true }), ask)
        else await ask()
      }
    }
  }

  async end(): Promise<void> {
    while (!this.isOver) await this.step(this.#signals({ ends: ['passed', 'failed', 'passed'], joins: false }))
    const exit = { exit: 'failed', exitCode: 1, ending: 'finished' } as const
    const totals = { ...this.#kernel.state.verdictCounts, tasks: 0, open: 0 }
    const cases = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
    this.#publisher.ended({
      version: 1,
      run: 'r',
      ...exit,
      startedAtWallMs: 0,
      durationMs: 0,
      totals,
      cases,
      tasks: [],
    })
    for (const reader of this.readers) await reader.ask(10_000)
  }

  get isOver(): boolean {
    return this.#kernel.state.phase === 'over'
  }

  get #first(): { readonly task: number; readonly n: number } {
    return this.#running[0] ?? { task: 0, n: 1 }
  }

  #signals({ ends, joins }: { readonly ends: readonly Outcome['result'][]; readonly joins: boolean }): KernelSignal[] {
    const worker = { id: `w${this.#position}`, engine: 'e', kinds: ['k'], capacity: { slots: 1 } }
    const signals: KernelSignal[] = joins ? [{ kind: 'worker-joined', worker }] : []
    for (const result of ends) {
      const attempt = this.#running.shift()
      if (attempt === undefined) break
      const failure = {
        category: 'assertion',
        fault: 'test',
        message: 'no',
        transient: false,
        fingerprint: 'f',
      } as const
      const outcome = {
        result,
        durationMs: 1,
        ...(result === 'failed' ? { failure: { ...failure, evidence: [] } } : {}),
      }
      signals.push({ kind: 'attempt-started', attempt: { run: 'r', ...attempt } })
      signals.push({ kind: 'attempt-ended', attempt: { run: 'r', ...attempt }, outcome })
    }
    return signals
  }
}

async function checkReaders(makeWorld: (capacity: number) => World): Promise<number> {
  let snapshots = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 25 }),
      fc.array(anyMove, { maxLength: 40 }),
      async (capacity, count, moves) => {
        const world = makeWorld(capacity)
        await world.begin(
          Array.from({ length: count }, (_, i) => ({
            id: `t${i}`,
            kind: 'k',
            ...(i % 4 === 3 ? { dependsOn: [`t${i - 1}`] } : {}),
          })),
        )
        for (const move of moves) await world.play(move)
        await world.end()
        const expected = foldEvents(world.whole)
        for (const { read, isDone } of world.readers) {
          expect(isDone).toBe(true)
          expect(foldEvents(read)).toEqual(expected)
          expect(read.at(-1)?.kind).toBe('run-ended')
          const positions = read.map(({ position }) => position)
          expect(positions).toEqual(positions.toSorted((a, b) => a - b))
          snapshots += read.filter(({ kind }) => kind === 'snapshot').length
          checkGaps(read, world.whole)
        }
      },
    ),
    { numRuns: 300 },
  )
  return snapshots
}

test('what a slow reader makes of its snapshots and events is what the whole stream tells', async () => {
  expect(await checkReaders((capacity) => new World(capacity))).toBeGreaterThan(300)
})

test('a snapshot that is taken in the middle of a step is found out', async () => {
  await expect(checkReaders((capacity) => new World(capacity, { isBlind: true }))).rejects.toThrow('Property failed')
})

/** After a snapshot comes every final event of the rows after its own, up to where the reader fell behind again. */
function checkGaps(read: readonly RunEvent[], whole: readonly RunEvent[]): void {
  const final = (events: readonly RunEvent[]): readonly RunEvent[] =>
    events.filter(({ kind }) => kind !== 'snapshot' && kind !== 'note' && kind !== 'attempt-progress')
  const told = final(whole)
  for (const [at, event] of read.entries()) {
    if (event.kind !== 'snapshot') continue
    const end = read.findIndex(({ kind }, i) => i > at && kind === 'snapshot')
    const section = final(read.slice(at, end < 0 ? undefined : end))
    const from = told.findIndex(({ position, kind }) => position > event.position || kind === 'run-ended')
    expect(section).toEqual(told.slice(from, from + section.length))
  }
}

// Backfilling: who waited longest and finds no place is promised one, at the earliest time at which enough will be free, and what stands
// behind goes first only where that promise is not touched: it ends before, or leaves enough beside it (Lifka, "The ANL/IBM
// SP scheduling system", 1995). Bounds come from history instead of people's guesses, and the promise stands by them
// (Tsafrir, Etsion and Feitelson, "Backfilling Using System-Generated Predictions", IEEE TPDS 18, 2007).
//
// A promise is kept until its task starts, whatever else comes with an earlier key: that is what bounds a wait. But a task
// that is cancelled, or that something else holds up, is never heard of again; so a promise is dropped when its place was
// free for the whole of a round and was not taken.
import { MusterError, type Happening, type WorkerView } from '@muster/core'
import {
  definePlugin,
  type Plugin,
  type PluginQuestion,
  type PluginTask,
  refuse,
  type Refusal,
} from '../pipeline/plugin.ts'
import { type Hold, RunningWork, suits } from './running-work.ts'

/** A place that is kept for a task. */
export interface PromisedPlace {
  readonly task: string
  readonly worker: string
  /** Run time in milliseconds at which it was promised, and from which the place is kept. */
  readonly madeMs: number
  readonly atMs: number
}

/** How tasks may pass others. */
export interface BackfillOptions {
  /** How many tasks that found no place have one kept at the same time. @defaultValue `1`, as in EASY; more are more conservative */
  readonly promises?: number | undefined
  /** Milliseconds that a task is taken to last of which neither history, author nor a time limit says anything. @defaultValue `60_000` */
  readonly assumedMs?: number | undefined
  /** Run time in milliseconds from which on a task that waits may be promised a place. @defaultValue as soon as it waits */
  readonly dueAtMs?: ((question: Omit<PluginQuestion, 'worker'>) => number) | undefined
  /** Hears of every promise when it is made first. @defaultValue nobody is told */
  readonly onPromise?: ((promise: PromisedPlace) => void) | undefined
}

interface Waiting {
  readonly task: PluginTask
  readonly dueMs: number
  readonly since: number
}

interface Kept {
  readonly task: PluginTask
  readonly boundMs: number
  worker: string
  atMs: number
  /** When the task was asked about last where it had room, when something ended last, and when its place was worked out last: counted in happenings. */
  asked: number
  ended: number
  moved: number
  endedMs: number
}

/**
 * Keeps a place for whoever found none, and lets others pass only where that costs it nothing.
 *
 * Gotchas: a promise is as good as the bounds of what runs. Who outlives his bound moves it.
 *
 * @example
 * ```ts
 * createPolicy(fifo(), [backfill()]).name // => 'fifo with backfill'
 * ```
 */
export function backfill(options: BackfillOptions = {}): Plugin {
  const { promises = 1, assumedMs = 60_000 } = options
  if (!(Number.isInteger(promises) && promises >= 1)) throw wrong('`promises` to be a whole number from 1 up', promises)
  if (!(Number.isFinite(assumedMs) && assumedMs >= 0))
    throw wrong('`assumedMs` to be milliseconds from 0 up', assumedMs)
  return pluginOf(options)
}

function pluginOf(options: BackfillOptions): Plugin {
  const session = new Backfilling(options)
  return definePlugin({
    name: 'backfill',
    reads: ['task', 'worker', 'time'],
    admit: (question) => session.admit(question),
    key: (question) => {
      session.waits(question)
      return 0
    },
    observe: (happening) => {
      session.observe(happening)
      return undefined
    },
    forRun: () => pluginOf(options),
  })
}

/** Of thousands that are due only the first are looked at: one of them is promised a place, or all of them have room. */
const mostLooked = 64

class Backfilling {
  readonly #most: number
  readonly #dueAtMs: BackfillOptions['dueAtMs']
  readonly #tell: BackfillOptions['onPromise']
  readonly #work: RunningWork
  /** By the handle of the task, the one that was promised first before all. */
  readonly #kept = new Map<number, Kept>()
  /** Whoever waits, in the order in which they came. */
  readonly #waiting = new Map<number, Waiting>()
  #nextDueMs = Infinity
  #came = 0
  #happened = 0

  constructor({ promises = 1, assumedMs = 60_000, dueAtMs, onPromise }: BackfillOptions) {
    this.#most = promises
    this.#dueAtMs = dueAtMs
    this.#tell = onPromise
    this.#work = new RunningWork(assumedMs)
  }

  observe(happening: Happening): void {
    this.#happened++
    this.#work.observe(happening)
    const { kind, atMs } = happening
    if (kind === 'launched') {
      this.#kept.delete(happening.task.handle)
      this.#waiting.delete(happening.task.handle)
    } else if (kind === 'worker-left') {
      for (const [handle, { worker }] of this.#kept)
        if (worker === happening.worker.definition.id) this.#kept.delete(handle)
    } else if (kind === 'ended' || kind === 'lost') {
      for (const kept of this.#kept.values()) {
        kept.ended = this.#happened
        kept.endedMs = atMs
      }
    }
  }

  /** The task waits from now on: asked for its key, it is ready. */
  waits(question: Omit<PluginQuestion, 'worker'>): void {
    const { task, nowMs } = question
    if (this.#waiting.has(task.handle)) return
    const dueMs = this.#dueAtMs?.(question) ?? nowMs
    this.#waiting.set(task.handle, { task, dueMs, since: ++this.#came })
    this.#nextDueMs = Math.min(this.#nextDueMs, dueMs)
  }

  admit(question: PluginQuestion): Refusal | undefined {
    const { task, worker, nowMs } = question
    const own = this.#kept.get(task.handle)
    if (own !== undefined) own.asked = this.#happened
    const view = this.#work.workers.find(({ definition }) => definition.id === worker.id)
    if (view === undefined) return undefined
    // A place ahead of a slot would be taken from whoever is promised that slot.
    if (!hasRoomNow(worker, task.needs))
      return refuse('nothing is handed over ahead of places that are kept', 'capacity')
    this.#promiseBefore(task, nowMs)
    if (this.#kept.size === 0) return undefined
    const boundMs = this.#work.boundMs(task)
    for (const kept of this.#kept.values()) {
      // Who was promised first does not look at those who came later.
      if (kept === own) break
      if (kept.moved !== this.#happened) this.#move(kept, nowMs)
      if (kept.worker !== worker.id) continue
      const isFree = hasRoomNow(view, kept.task.needs)
      const hadItsTurn = kept.asked >= Math.max(1, kept.ended) || nowMs > kept.endedMs
      if (isFree && hadItsTurn) {
        this.#kept.delete(kept.task.handle)
        this.#waiting.delete(kept.task.handle)
        continue
      }
      if (this.#leavesRoom(kept, task.needs, { view, nowMs, untilMs: nowMs + boundMs })) continue
      const because = `a place on ${worker.id} is kept for ${kept.task.id} from ${(kept.atMs / 1000).toFixed(1)} s on`
      return isFree ? refuse(because, 'time', nowMs + 1) : refuse(because, 'capacity')
    }
    return undefined
  }

  #leavesRoom(
    kept: Kept,
    needs: PluginTask['needs'],
    { view, nowMs, untilMs }: { view: WorkerView; nowMs: number; untilMs: number },
  ): boolean {
    if (untilMs <= kept.atMs) return true
    const passing: Hold = { needs, fromMs: nowMs, toMs: untilMs }
    return this.#work.hasRoom(view, holdOf(kept), { nowMs, holds: [...this.#holdsBefore(kept, view), passing] })
  }

  /** Places are promised to those that waited longest, of whoever is due and has no room now, before this one passes them. */
  #promiseBefore({ handle }: PluginTask, nowMs: number): void {
    if (this.#kept.size >= this.#most || nowMs < this.#nextDueMs) return
    const own = this.#waiting.get(handle)
    const ownSince = own !== undefined && own.dueMs <= nowMs ? own.since : Infinity
    let nextMs = Infinity
    let looked = 0
    for (const { task, dueMs, since } of this.#waiting.values()) {
      if (dueMs > nowMs) nextMs = Math.min(nextMs, dueMs)
      else if (since >= ownSince || ++looked > mostLooked) return
      else if (!this.#kept.has(task.handle)) {
        nextMs = nowMs
        if (this.#work.workers.some((view) => couldRun(view, task) && hasRoomNow(view, task.needs))) continue
        this.#promise(task, nowMs)
        if (this.#kept.size >= this.#most) return
      }
    }
    this.#nextDueMs = nextMs
  }

  #promise(task: PluginTask, nowMs: number): void {
    const kept: Kept = {
      task,
      boundMs: this.#work.boundMs(task),
      worker: '',
      atMs: Infinity,
      asked: 0,
      ended: this.#happened,
      moved: 0,
      endedMs: nowMs,
    }
    this.#move(kept, nowMs)
    if (kept.atMs === Infinity) return
    this.#kept.set(task.handle, kept)
    this.#tell?.({ task: task.id, worker: kept.worker, madeMs: nowMs, atMs: kept.atMs })
  }

  /** Takes the earliest place there is; the one it has where no other is earlier. */
  #move(kept: Kept, nowMs: number): void {
    const { needs } = kept.task
    let bestMs = Infinity
    let best: string | undefined
    for (const view of this.#work.workers) {
      if (!couldRun(view, kept.task)) continue
      const holds = this.#holdsBefore(kept, view)
      const atMs = this.#work.earliestRoomMs(view, { needs, forMs: kept.boundMs, nowMs, holds })
      if (atMs > bestMs || (atMs === bestMs && view.definition.id !== kept.worker)) continue
      bestMs = atMs
      best = view.definition.id
    }
    kept.moved = this.#happened
    kept.atMs = bestMs
    if (best !== undefined) kept.worker = best
  }

  /** What was promised before, on the same worker. */
  #holdsBefore(kept: Kept, { definition: { id } }: WorkerView): readonly Hold[] {
    const holds: Hold[] = []
    for (const other of this.#kept.values()) {
      if (other === kept) break
      if (other.worker === id) holds.push(holdOf(other))
    }
    return holds
  }
}

function holdOf({ task: { needs }, atMs, boundMs }: Kept): Hold {
  return { needs, fromMs: atMs, toMs: atMs + boundMs }
}

function couldRun({ definition }: WorkerView, { kind, labels, needs }: PluginTask): boolean {
  if (!definition.kinds.includes(kind) || !suits(definition, needs)) return false
  for (const label of labels) if (definition.labels?.includes(label) !== true) return false
  return true
}

function hasRoomNow(worker: Pick<WorkerView, 'free'>, needs: PluginTask['needs']): boolean {
  return Object.entries(needs).every(([resource, amount]) => amount <= worker.free(resource))
}

function wrong(expected: string, got: unknown): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got: String(got) })
}

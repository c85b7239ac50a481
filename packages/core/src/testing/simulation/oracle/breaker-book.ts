// Breakers, quarantine and suspects as the oracle sees them: every event since a breaker closed is kept, and what it comes to
// is counted anew each time. Shares no table and no counter with the kernel; the classification is written down once more.
import type { FailureCategory } from '../../../model/failure.ts'
import type { Outcome } from '../../../model/outcome.ts'
import type { Resolved } from '../../../options/resolved.ts'
import type { BreakerOptions } from '../../../resilience/breaker-options.ts'
import type { BreakerEntry } from '../../../run/entry.ts'
import { uphold } from '../laws.ts'
import type { Model, ModelAttempt, ModelTask } from './model.ts'

interface Event {
  readonly atMs: number
  readonly failed: boolean
}

/** A breaker. */
interface ModelBreaker {
  readonly key: string
  readonly options: Resolved<BreakerOptions>
  kind: 'closed' | 'open' | 'half-open' | 'spent'
  openings: number
  /** How often it ever opened. */
  opened: number
  heldSinceMs: number
  untilMs: number
  /** Of the time since it closed. */
  events: Event[]
  /** Attempts that started while it was half-open, and when the first of those under way did. */
  probes: Set<ModelAttempt>
  oldestProbeMs: number | undefined
  succeeded: number
  failed: number
  answered: boolean
}

const outside: readonly FailureCategory[] = ['network', 'resource', 'hardware-device', 'infrastructure']
const ofWorker: readonly FailureCategory[] = ['hardware-device', 'infrastructure']
const inside: readonly FailureCategory[] = ['assertion', 'exception', 'data-parse']

/** Every breaker of a simulated run. */
export class BreakerBook {
  readonly #model: Model
  readonly #breakers = new Map<string, ModelBreaker>()
  /** Which breakers an attempt was a probe of, at which opening. */
  readonly #probes = new Map<ModelAttempt, Map<string, number>>()

  constructor(model: Model) {
    this.#model = model
  }

  /** How many more may start, as far as the breakers of a worker and of what a task has to do with are concerned. */
  admits(task: ModelTask, worker: number): number {
    const keys = [...this.#workerKeys(worker), ...usesOf(task), ...categoryKeys(lastBlame(task))]
    return Math.min(Infinity, ...keys.map((key) => this.#admitsBy(key)))
  }

  /** Whether the breakers leave a worker alone. */
  isFree(worker: number): boolean {
    return this.#workerKeys(worker).every((key) => this.#admitsBy(key) === Infinity)
  }

  launched(task: ModelTask, attempt: ModelAttempt): void {
    const keys = [...this.#workerKeys(attempt.worker), ...usesOf(task), ...categoryKeys(lastBlame(task))]
    for (const key of keys) {
      const breaker = this.#breakers.get(key)
      if (breaker?.kind !== 'half-open') continue
      breaker.probes.add(attempt)
      breaker.oldestProbeMs ??= this.#model.atMs
      const of = this.#probes.get(attempt) ?? new Map<string, number>()
      this.#probes.set(attempt, of.set(key, breaker.opened))
    }
  }

  ended(task: ModelTask, attempt: ModelAttempt, outcome: Outcome): void {
    const blame = blameOf(outcome)
    const keys = [...this.#workerKeys(attempt.worker), ...usesOf(task), ...categoryKeys(blame)]
    for (const key of this.#breakers.keys()) if (key.startsWith('category:') && !keys.includes(key)) keys.push(key)
    const isWell = outcome.result === 'passed' || isInside(outcome)
    for (const key of keys) {
      const counts =
        blame !== undefined &&
        (!key.startsWith('probation:') || ofWorker.includes(blame)) &&
        (!key.startsWith('category:') || key === `category:${blame}`) &&
        (!/^(worker|host):/.test(key) || blame !== 'network' || usesOf(task).length === 0)
      this.#tell(key, attempt, isWell ? 'succeeded' : counts ? 'failed' : 'neutral')
    }
    this.#returnProbes(attempt)
  }

  lost(attempt: ModelAttempt, isWorkerBlamed: boolean): void {
    const key = this.#workerKeys(attempt.worker)[0] ?? ''
    if (isWorkerBlamed) this.#tell(key, attempt, 'failed')
    this.#returnProbes(attempt)
  }

  /** Checks a change of state, and applies it. */
  change({ key, state }: BreakerEntry): void {
    const { atMs } = this.#model
    const breaker = this.#find(key)
    uphold(11, breaker !== undefined, () => `breaker ${key} changed, which this run has none of`)
    if (breaker === undefined) return
    const from = breaker.kind
    const { options } = breaker
    const name = `breaker ${key} went from ${from} to ${state.kind}`
    const isLate = this.#isProbeLate(breaker)
    switch (state.kind) {
      case 'open':
        uphold(
          11,
          from === 'closed' ? isTooMuch(breaker, atMs) : from === 'half-open',
          () => `${name} without a reason`,
        )
        uphold(11, from === 'closed' || breaker.failed > 0 || isLate, () => `${name} though no probe failed`)
        uphold(11, from !== 'closed' || this.#leavesSomebody(key), () => `${name} and holds up the last one`)
        if (from === 'closed') breaker.heldSinceMs = atMs
        breaker.openings = from === 'closed' ? 1 : breaker.openings + 1
        breaker.opened++
        breaker.untilMs = state.untilMs
        uphold(11, state.untilMs > atMs && state.untilMs - atMs <= options.maxOpenMs, () => `${name} for a wrong time`)
        break
      case 'half-open':
        uphold(11, from === 'open' && atMs >= breaker.untilMs, () => `${name} before its time`)
        breaker.probes = new Set()
        breaker.oldestProbeMs = undefined
        breaker.succeeded = 0
        breaker.failed = 0
        break
      case 'closed': {
        const isEarned =
          from === 'half-open' ? breaker.succeeded >= options.closeAfter : from === 'spent' && breaker.answered
        uphold(11, isEarned, () => `${name} though nothing succeeded`)
        break
      }
      case 'spent':
        uphold(11, from === 'half-open' && atMs - breaker.heldSinceMs >= options.maxHeldMs, () => `${name} too early`)
        breaker.answered = false
        break
    }
    breaker.kind = state.kind
    breaker.events = []
  }

  /** A worker is put out, or back in: what was known of its conduct is forgotten. */
  forget(worker: number): void {
    const key = this.#workerKeys(worker).find((each) => each.startsWith('probation:')) ?? ''
    const breaker = this.#breakers.get(key)
    if (breaker === undefined) return
    breaker.kind = 'closed'
    breaker.events = []
  }

  /** Whether a worker failed as often in a row as it takes to doubt it. */
  isDoubted(worker: number): boolean {
    const key = this.#workerKeys(worker).find((each) => each.startsWith('probation:')) ?? ''
    const breaker = this.#breakers.get(key)
    if (breaker === undefined) return false
    if (breaker.kind === 'half-open') return breaker.failed > 0 || this.#isProbeLate(breaker)
    return breaker.kind === 'open' || (breaker.kind === 'closed' && isTooMuch(breaker, this.#model.atMs))
  }

  /** Nobody owned the run for a while. */
  shorten(downMs: number): void {
    for (const breaker of this.#breakers.values()) {
      if (breaker.kind === 'open') breaker.untilMs = Math.max(this.#model.atMs, breaker.untilMs - downMs)
    }
  }

  /** Throws where a breaker should have changed by now. */
  check(): void {
    const { atMs } = this.#model
    for (const breaker of this.#breakers.values()) {
      const { key, kind, untilMs, failed, succeeded, options } = breaker
      uphold(11, kind !== 'open' || untilMs > atMs, () => `breaker ${key} is still open at ${atMs}, until ${untilMs}`)
      const isUndecided =
        kind !== 'half-open' || (failed === 0 && succeeded < options.closeAfter && !this.#isProbeLate(breaker))
      uphold(11, isUndecided, () => `breaker ${key} is still half-open after ${succeeded} and ${failed} probes`)
      const isShared = key.startsWith('resource:') || key.startsWith('category:')
      uphold(11, kind !== 'closed' || !isShared || !isTooMuch(breaker, breaker.events.at(-1)?.atMs ?? 0), () => {
        return `breaker ${key} is closed after ${JSON.stringify(breaker.events)}`
      })
    }
  }

  #tell(key: string, attempt: ModelAttempt, as: 'succeeded' | 'failed' | 'neutral'): void {
    const known = as === 'failed' ? this.#find(key) : this.#breakers.get(key)
    if (known === undefined) return
    const { atMs } = this.#model
    const opening = this.#probes.get(attempt)?.get(key)
    if (opening !== undefined) {
      if (known.kind === 'half-open' && opening === known.opened) {
        if (as === 'succeeded') known.succeeded++
        if (as === 'failed') known.failed++
      }
      if (known.kind === 'spent' && as === 'succeeded') known.answered = true
      return
    }
    if (as === 'neutral') return
    if (known.kind === 'closed') known.events.push({ atMs, failed: as === 'failed' })
    if (known.kind === 'spent' && as === 'succeeded') known.answered = true
  }

  #returnProbes(attempt: ModelAttempt): void {
    this.#probes.delete(attempt)
    for (const breaker of this.#breakers.values()) {
      if (breaker.probes.delete(attempt) && breaker.probes.size === 0) breaker.oldestProbeMs = undefined
    }
  }

  #admitsBy(key: string): number {
    const breaker = this.#breakers.get(key)
    if (breaker === undefined || breaker.kind === 'closed' || breaker.kind === 'spent') return Infinity
    return breaker.kind === 'open' ? 0 : breaker.options.probes - breaker.probes.size
  }

  #isProbeLate({ kind, oldestProbeMs, options }: ModelBreaker): boolean {
    return kind === 'half-open' && oldestProbeMs !== undefined && this.#model.atMs >= oldestProbeMs + options.probeMs
  }

  #leavesSomebody(key: string): boolean {
    const subject = key.slice(key.indexOf(':') + 1)
    if (key.startsWith('resource:') || key.startsWith('category:')) return true
    return this.#model.workers.some(({ definition, state, isOut }, worker) => {
      const name = key.startsWith('host:') ? definition.host : definition.id
      return state === 'joined' && !isOut && name !== subject && this.isFree(worker)
    })
  }

  #find(key: string): ModelBreaker | undefined {
    const known = this.#breakers.get(key)
    const options = known?.options ?? this.#optionsOf(key)
    if (known !== undefined || options === undefined) return known
    const created: ModelBreaker = {
      key,
      options,
      kind: 'closed',
      openings: 0,
      opened: 0,
      heldSinceMs: 0,
      untilMs: 0,
      events: [],
      probes: new Set(),
      oldestProbeMs: undefined,
      succeeded: 0,
      failed: 0,
      answered: false,
    }
    this.#breakers.set(key, created)
    return created
  }

  #optionsOf(key: string): Resolved<BreakerOptions> | undefined {
    const { breakers, quarantineAfter } = this.#model.options ?? {}
    switch (key.slice(0, key.indexOf(':'))) {
      case 'worker':
        return breakers?.worker ?? undefined
      case 'host':
        return breakers?.host ?? undefined
      case 'resource':
        return breakers?.resource ?? undefined
      case 'category':
        return breakers?.category ?? undefined
    }
    if (quarantineAfter === undefined || quarantineAfter === null) return undefined
    const counts = { failures: quarantineAfter, window: quarantineAfter, rate: 1, windowMs: 600_000 }
    const times = { openMs: 1000, factor: 2, maxOpenMs: 30_000, jitter: 0.2, probeMs: 60_000, maxHeldMs: 120_000 }
    return { ...counts, ...times, probes: 1, closeAfter: 1 }
  }

  #workerKeys(worker: number): readonly string[] {
    const definition = this.#model.workers[worker]?.definition
    if (definition === undefined) return []
    const { id, host } = definition
    return [`worker:${id}`, `probation:${id}`, ...(host === undefined ? [] : [`host:${host}`])]
  }
}

/** What an outcome blames that lies outside of the test. */
function blameOf({ result, failure }: Outcome): FailureCategory | undefined {
  if (result !== 'failed' && result !== 'timed-out') return undefined
  if (failure === undefined || failure.fault === 'test' || failure.fault === 'product') return undefined
  return outside.includes(failure.category) ? failure.category : undefined
}

function isInside({ result, failure }: Outcome): boolean {
  return result === 'failed' && failure !== undefined && inside.includes(failure.category)
}

function isTooMuch({ events, options }: ModelBreaker, atMs: number): boolean {
  const young = events.filter((event) => atMs - event.atMs < options.windowMs).slice(-options.window)
  while (young[0]?.failed === false) young.shift()
  const failures = young.filter(({ failed }) => failed).length
  return failures >= options.failures && failures >= options.rate * young.length
}

function usesOf({ definition }: ModelTask): readonly string[] {
  const { resources = {}, uses = [] } = definition.needs ?? {}
  const named = Object.keys(resources).filter((name) => name !== 'slots' && name !== 'cpu' && name !== 'memory')
  return [...new Set([...named, ...uses])].map((name) => `resource:${name}`)
}

function categoryKeys(category: FailureCategory | undefined): readonly string[] {
  return category === undefined ? [] : [`category:${category}`]
}

function lastBlame({ attempts }: ModelTask): FailureCategory | undefined {
  const last = attempts.findLast(({ outcome, lost }) => outcome !== undefined || lost !== undefined)
  return last?.outcome === undefined ? undefined : blameOf(last.outcome)
}

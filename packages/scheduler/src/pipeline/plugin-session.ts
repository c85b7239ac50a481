// Asks the plugins and the strategy of one run, point by point, and makes one answer of theirs: every admission has to be
// given, scores are weighed, claims are added. Of what a plugin gets wrong nothing reaches the kernel.
import type {
  Claim,
  Happening,
  Policy,
  Preemption,
  PreemptionQuestion,
  Rejection,
  TaskView,
  WorkerView,
} from '@muster/core'
import { isRefusal, wrongClaims, wrongKey, wrongPermit, wrongRefusal } from './check-answers.ts'
import type { CompiledPlugins } from './compile-plugins.ts'
import type { ConsideredPlace, ScorePart } from './decision.ts'
import { FactsOfRun } from './facts-of-run.ts'
import { PassRates } from './pass-rates.ts'
import type { Permit, PluginQuestion, Refusal } from './plugin.ts'
import { PluginGuard } from './plugin-guard.ts'
import { PluginViews } from './plugin-views.ts'
import type { PolicyOptions } from './policy-options.ts'

/** The plugins of one run, and what is remembered for them. */
export class PluginSession {
  readonly compiled: CompiledPlugins
  readonly #strategy: Policy
  readonly #options: PolicyOptions
  readonly #guard: PluginGuard
  readonly #views = new PluginViews()
  readonly #rates = new PassRates()
  readonly #widths = new Map<string, number>()
  /** Since when a task is held back, by its handle. */
  readonly #heldSinceMs = new Map<number, number>()
  readonly #keys = new Map<number, readonly number[]>()
  readonly #considered = new Map<number, Map<string, ConsideredPlace>>()
  #lastAsked: { readonly view: TaskView; readonly question: Omit<PluginQuestion, 'worker'> } | undefined

  constructor(strategy: Policy, compiled: CompiledPlugins, options: PolicyOptions) {
    const laned = compiled.plugins.find((plugin) => plugin.lane !== undefined)
    this.compiled = { ...compiled, laned }
    this.#strategy = strategy
    this.#options = options
    this.#guard = new PluginGuard(options.maxFaults ?? 3, (problem) => options.onProblem?.(problem))
  }

  key(task: TaskView): readonly number[] {
    const question = this.#aboutTask(task)
    const key: number[] = []
    for (const plugin of this.compiled.plugins) {
      if (plugin.key === undefined) continue
      const width = this.#widths.get(plugin.name)
      const own = this.#guard.ask({
        plugin: plugin.name,
        point: 'key',
        about: question.task.id,
        ask: () => vector(plugin.key?.(question) ?? 0),
        wrong: (answer) => wrongKey(answer, width),
      })
      if (own !== undefined && width === undefined) this.#widths.set(plugin.name, own.length)
      // Neither earlier nor later than others, as far as it goes.
      for (let at = 0; at < (width ?? own?.length ?? 1); at++) key.push(own?.[at] ?? 0)
    }
    for (const part of vector(this.#strategy.key(task))) key.push(part)
    if (this.#options.onDecision !== undefined) this.#keys.set(task.handle, key)
    return key
  }

  admit(task: TaskView, worker: WorkerView): Rejection | undefined {
    const question = this.#about(task, worker)
    for (const plugin of this.compiled.plugins) {
      if (plugin.admit === undefined) continue
      const refusal = this.#guard.ask({
        plugin: plugin.name,
        point: 'admit',
        about: question.task.id,
        ask: () => plugin.admit?.(question),
        wrong: (answer) => (answer === undefined ? undefined : wrongRefusal(answer)),
      })
      if (refusal !== undefined) return this.#refused(question, rejectionOf(plugin.name, refusal))
    }
    const rejection = this.#strategy.admit?.(task, worker)
    return rejection === undefined ? undefined : this.#refused(question, rejection)
  }

  score(task: TaskView, worker: WorkerView): number {
    const question = this.#about(task, worker)
    const parts: ScorePart[] = []
    for (const plugin of this.compiled.plugins) {
      if (plugin.score === undefined) continue
      const { name, weight = 1 } = plugin
      const score = this.#guard.ask({
        plugin: name,
        point: 'score',
        about: question.task.id,
        ask: () => plugin.score?.(question) ?? 0,
        wrong: (answer) =>
          Number.isNaN(answer) || typeof answer !== 'number' ? `it scored ${String(answer)}` : undefined,
      })
      if (score === undefined) continue
      if (score < 0 || score > 100)
        this.#guard.report({
          plugin: name,
          point: 'score',
          about: question.task.id,
          because: `it scored ${score}, not 0 to 100`,
        })
      parts.push({ by: name, score: Math.min(100, Math.max(0, score)), weight })
    }
    const own = this.#strategy.score?.(task, worker)
    if (own !== undefined) parts.push({ by: this.#strategy.name, score: own, weight: 1 })
    const score = weighted(parts)
    this.#consider(question, { kind: 'admitted', worker: question.worker.id, score, parts })
    return score
  }

  claims(task: TaskView, worker: WorkerView): readonly Claim[] {
    const question = this.#about(task, worker)
    const claims: Claim[] = [...(this.#strategy.claims?.(task, worker) ?? [])]
    for (const plugin of this.compiled.plugins) {
      if (plugin.claims === undefined) continue
      const own = this.#guard.ask({
        plugin: plugin.name,
        point: 'claims',
        about: question.task.id,
        ask: () => plugin.claims?.(question) ?? [],
        wrong: wrongClaims,
      })
      for (const claim of own ?? []) claims.push(claim)
    }
    return claims
  }

  permit(task: TaskView, worker: WorkerView): Rejection | undefined {
    const question = this.#about(task, worker)
    for (const plugin of this.compiled.plugins) {
      if (plugin.permit === undefined) continue
      const permit = this.#guard.ask({
        plugin: plugin.name,
        point: 'permit',
        about: question.task.id,
        ask: () => plugin.permit?.(question),
        wrong: (answer) => wrongPermit(answer),
      })
      if (permit === undefined || permit.kind === 'allowed') continue
      const rejection = this.#held(question, plugin.name, permit)
      if (rejection !== undefined) return rejection
    }
    const rejection = this.#strategy.permit?.(task, worker)
    if (rejection === undefined) this.#heldSinceMs.delete(task.handle)
    return rejection
  }

  lane(task: TaskView): string {
    const { laned } = this.compiled
    if (laned === undefined) return this.#strategy.lane?.(task) ?? ''
    const question = this.#aboutTask(task)
    const lane = this.#guard.ask({
      plugin: laned.name,
      point: 'lane',
      about: question.task.id,
      ask: () => laned.lane?.(question),
      wrong: (answer) => (typeof answer === 'string' ? undefined : `it named ${String(answer)}`),
    })
    return lane ?? ''
  }

  laneKey(lane: string): number | readonly number[] | Rejection {
    const { laned } = this.compiled
    if (laned === undefined) return this.#strategy.laneKey?.(lane) ?? 0
    const answer = this.#guard.ask({
      plugin: laned.name,
      point: 'laneKey',
      about: lane,
      ask: () => laned.laneKey?.(lane) ?? 0,
      wrong: (given) => (isRefusal(given) ? wrongRefusal(given) : wrongKey(vector(given), undefined)),
    })
    if (answer === undefined) return 0
    return isRefusal(answer) ? rejectionOf(laned.name, answer) : answer
  }

  passedOver(task: TaskView): void {
    this.#strategy.passedOver?.(task)
    const question = this.#aboutTask(task)
    for (const plugin of this.compiled.plugins) {
      if (plugin.passedOver === undefined) continue
      this.#guard.ask({
        plugin: plugin.name,
        point: 'passedOver',
        about: question.task.id,
        ask: () => plugin.passedOver?.(question),
      })
    }
  }

  preempts(question: PreemptionQuestion): Preemption | undefined {
    for (const plugin of this.compiled.plugins) {
      if (plugin.preempts === undefined) continue
      const answer = this.#guard.ask({
        plugin: plugin.name,
        point: 'preempts',
        ask: () => plugin.preempts?.(question),
        wrong: (given) =>
          given === undefined || question.allows(given.victim, given.beneficiary) ? undefined : 'it is not allowed',
      })
      if (answer !== undefined) return answer
    }
    return this.#strategy.preempts?.(question)
  }

  observe(happening: Happening): readonly string[] | undefined {
    this.#remember(happening)
    const lanes = new Set(this.#strategy.observe?.(happening))
    for (const plugin of this.compiled.plugins) {
      if (plugin.observe === undefined) continue
      const named = this.#guard.ask({
        plugin: plugin.name,
        point: 'observe',
        ask: () => plugin.observe?.(happening),
        wrong: (answer) => (answer === undefined || Array.isArray(answer) ? undefined : 'it named no list of lanes'),
      })
      for (const lane of named ?? []) lanes.add(lane)
    }
    return lanes.size === 0 ? undefined : [...lanes]
  }

  #remember(happening: Happening): void {
    if (happening.kind === 'launched') this.#decided(happening)
    else if (happening.kind === 'ended') {
      const { task, worker, outcome } = happening
      if (outcome.result === 'cancelled' || outcome.result === 'skipped') return
      this.#rates.add(task.definition.kind, this.#views.classOf(worker.definition), outcome.result === 'passed')
    }
  }

  #decided({ atMs, task, n, worker }: Extract<Happening, { readonly kind: 'launched' }>): void {
    this.#heldSinceMs.delete(task.handle)
    const { onDecision } = this.#options
    if (onDecision === undefined) return
    const considered = [...(this.#considered.get(task.handle)?.values() ?? [])]
    const key = this.#keys.get(task.handle) ?? []
    this.#considered.delete(task.handle)
    this.#keys.delete(task.handle)
    onDecision({ atMs, task: task.definition.id, n, worker: worker.definition.id, key, considered })
  }

  /** A refusal to let a task go now, unless plugins have held it for as long as they may. */
  #held(
    { task, nowMs }: PluginQuestion,
    by: string,
    permit: Exclude<Permit, { kind: 'allowed' }>,
  ): Rejection | undefined {
    const sinceMs = this.#heldSinceMs.get(task.handle) ?? nowMs
    this.#heldSinceMs.set(task.handle, sinceMs)
    const endMs = sinceMs + (this.#options.maxHoldMs ?? 600_000)
    if (nowMs >= endMs) {
      this.#guard.report({
        plugin: by,
        point: 'permit',
        about: task.id,
        because: `it held the task for ${nowMs - sinceMs} ms`,
      })
      return undefined
    }
    const { because } = permit
    // Asked again at the latest when it has been held for as long as it may be.
    return permit.kind === 'held'
      ? { by, because, wakesOn: 'time', atMs: Math.min(permit.untilMs, endMs) }
      : { by, because, wakesOn: permit.wakesOn, atMs: endMs }
  }

  #refused(question: PluginQuestion, rejection: Rejection): Rejection {
    const { by, because } = rejection
    this.#consider(question, { kind: 'refused', worker: question.worker.id, by, because })
    return rejection
  }

  #consider({ task }: PluginQuestion, place: ConsideredPlace): void {
    if (this.#options.onDecision === undefined) return
    let places = this.#considered.get(task.handle)
    if (places === undefined) this.#considered.set(task.handle, (places = new Map<string, ConsideredPlace>()))
    places.set(place.worker, place)
  }

  #about(view: TaskView, worker: WorkerView): PluginQuestion {
    const { task, facts, nowMs } = this.#aboutTask(view)
    return { task, facts, nowMs, worker: this.#views.worker(worker) }
  }

  /** The same as before where the same task is asked about, as it is for one worker after another. */
  #aboutTask(view: TaskView): Omit<PluginQuestion, 'worker'> {
    const last = this.#lastAsked
    const nowMs = view.nowMs ?? 0
    if (last?.view === view && last.question.nowMs === nowMs) return last.question
    const task = this.#views.task(view)
    const question = { task, facts: new FactsOfRun(task, this.#rates), nowMs }
    this.#lastAsked = { view, question }
    return question
  }
}

/** The mean of scores by their weights; 0 where there are none. */
function weighted(parts: readonly ScorePart[]): number {
  let weights = 0
  let sum = 0
  for (const { score, weight } of parts) {
    weights += weight
    sum += score * weight
  }
  return weights === 0 ? 0 : sum / weights
}

function vector(key: number | readonly number[]): readonly number[] {
  return typeof key === 'number' ? [key] : key
}

function rejectionOf(by: string, { because, wakesOn, atMs }: Refusal): Rejection {
  return atMs === undefined ? { by, because, wakesOn } : { by, because, wakesOn, atMs }
}

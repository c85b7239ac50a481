// What a simulated run says of its retries, and what its attempts fail with: drawn by dice of their own, so that runs mean
// the same as before in all else.
import type { FailureCategory } from '../../model/failure.ts'
import type { TaskDefinition } from '../../model/task.ts'
import { resolveRetry } from '../../retry/resolve-retry.ts'
import type { CategoryRetryOptions, RetryOptions, RunRetryOptions } from '../../retry/retry-options.ts'
import type { KernelOptions } from '../../run/kernel-options.ts'
import type { Behaviour, BehaviourFailure, ScriptItem } from './plan.ts'
import { SeededDice } from './seeded-dice.ts'

const categories: readonly FailureCategory[] = [
  ...([
    'assertion',
    'network',
    'network',
    'timeout',
    'resource',
    'resource',
    'infrastructure',
    'infrastructure',
  ] as const),
  ...(['permission-auth', 'hardware-device', 'unknown', 'environment', 'cancelled', 'build-dependency'] as const),
]

/** Draws what has to do with retries. */
export class RetryDice {
  readonly #dice: SeededDice
  /** Some runs are from before categories were looked at. */
  readonly #isFormer: boolean
  readonly #failsInKind: boolean

  constructor(seed: number) {
    this.#dice = new SeededDice(seed ^ 0x51ed270b)
    this.#isFormer = this.#dice.chance(0.2)
    this.#failsInKind = this.#dice.chance(0.8)
  }

  /** The rules of a run, with categories, runners and a budget. */
  options(given: KernelOptions): KernelOptions {
    const { maxAttempts, factor, maxDelayMs, jitter } = given.retry
    const baseDelayMs = Math.min(given.retry.baseDelayMs, maxDelayMs)
    if (this.#isFormer) return { ...given, retry: { ...given.retry, baseDelayMs } }
    const dice = this.#dice
    const backoff = dice.pick(['constant', 'linear', 'exponential', 'exponential', 'decorrelated'] as const)
    const said: RunRetryOptions = {
      ...{ maxAttempts, baseDelayMs, maxDelayMs, backoff },
      ...(backoff === 'exponential' ? { factor } : {}),
      ...(backoff === 'decorrelated' ? {} : { jitter }),
      detectFlakiness: dice.chance(0.7),
      ...(dice.chance(0.2) ? { maxTotalMs: dice.between(50, 600) } : {}),
      maxRetryAfterMs: dice.between(0, 200),
      categories: dice.chance(0.5) ? { [dice.pick(categories)]: this.#rule() } : {},
      runners: dice.chance(0.3) ? { e2e: this.#rule() } : {},
      budget: dice.chance(0.3)
        ? null
        : { share: dice.pick([0, 0.05, 0.3]), floor: dice.between(1, 8), flakinessShare: dice.pick([0, 0.5, 1]) },
    }
    return { ...given, retry: resolveRetry(said) }
  }

  /** What attempts fail with. */
  behaviours(given: Readonly<Record<string, Behaviour>>): Readonly<Record<string, Behaviour>> {
    if (!this.#failsInKind) return given
    return Object.fromEntries(
      Object.entries(given).map(([id, behaviour]) => [id, { ...behaviour, failures: this.#failures() }]),
    )
  }

  /** Some tasks have rules of their own for a category, or must not run twice. */
  script(given: readonly ScriptItem[]): readonly ScriptItem[] {
    if (this.#isFormer) return given
    return given.map((item) => {
      if (item.signal.kind !== 'add-tasks') return item
      return { ...item, signal: { ...item.signal, tasks: item.signal.tasks.map((task) => this.#task(task)) } }
    })
  }

  #task(task: TaskDefinition): TaskDefinition {
    const dice = this.#dice
    if (dice.chance(0.05)) return { ...task, retry: undefined, idempotent: false }
    if (!dice.chance(0.15)) return task
    const retry: RetryOptions = { ...task.retry, categories: { [dice.pick(categories)]: this.#rule() } }
    return { ...task, retry }
  }

  #rule(): CategoryRetryOptions {
    const dice = this.#dice
    return {
      ...(dice.chance(0.5) ? { maxAttempts: dice.between(1, 4) } : {}),
      ...(dice.chance(0.3) ? { worker: dice.pick(['any', 'other', 'same'] as const) } : {}),
      ...(dice.chance(0.3) ? { reservation: dice.pick(['same', 'larger', 'whole-worker'] as const) } : {}),
      ...(dice.chance(0.3) ? { backoff: dice.pick(['constant', 'decorrelated'] as const) } : {}),
    }
  }

  #failures(): readonly BehaviourFailure[] {
    const dice = this.#dice
    return Array.from({ length: dice.between(1, 3) }, () => {
      const category = dice.pick(categories)
      return {
        category,
        transient: dice.chance(0.7),
        ...(category === 'resource' ? { code: dice.pick(['memory', 'disk', 'cpu']) } : {}),
        ...(category === 'network' && dice.chance(0.5) ? { retryAfterMs: dice.between(0, 300) } : {}),
      }
    })
  }
}

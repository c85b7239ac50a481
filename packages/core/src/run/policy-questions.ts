// What the placement asks the policy, and what it makes of the answers. A policy is somebody else's code: an answer that is
// none, or a throw, ends the step before anything of it counts, and names the policy and the task.
import { nameAndMessageOf } from '../errors/message-of.ts'
import { MusterError } from '../errors/muster-error.ts'
import type { Policy, Rejection, WorkerView } from '../ports/policy.ts'
import type { GraphFacts } from './graph-facts.ts'
import type { Key } from './ready-queue.ts'
import type { RunState } from './run-state.ts'
import { TaskOfRun } from './task-of-run.ts'

/** What the policy thinks of a task on a worker. */
export type Opinion =
  { readonly kind: 'admitted'; readonly score: number } | { readonly kind: 'refused'; readonly rejection: Rejection }

/** Asks one policy about the tasks and workers of one run. */
export class PolicyQuestions {
  /** What was worked out from the graph; policies that look at chains read it. */
  graph: GraphFacts = {}
  /** Whether it may refuse workers, and whether it may do so or prefer some. */
  readonly refuses: boolean
  readonly isChoosy: boolean
  readonly #state: RunState
  readonly #policy: Policy

  constructor(state: RunState, policy: Policy) {
    this.#state = state
    this.#policy = policy
    this.refuses = policy.admit !== undefined
    this.isChoosy = this.refuses || policy.score !== undefined
  }

  /** How early a ready task goes. */
  key(task: number): Key {
    let key: Key
    try {
      key = this.#policy.key(this.#view(task))
    } catch (cause) {
      throw this.#threw('key', task, cause)
    }
    if (isKey(key)) return key
    throw this.#wrong('key', task, { a: 'a number, or a list of them with at least one', got: key })
  }

  /** Whether a task may run on a worker that has room for it, and how well it suits there. */
  opinion(task: number, worker: number): Opinion {
    const view = this.#view(task)
    const workerView = this.#workerView(worker)
    let rejection: Rejection | undefined
    let score: number | undefined
    try {
      rejection = this.#policy.admit?.(view, workerView)
      if (rejection === undefined) score = this.#policy.score?.(view, workerView)
    } catch (cause) {
      throw this.#threw('admit or score', task, cause)
    }
    if (rejection !== undefined) {
      if (isRejection(rejection)) return { kind: 'refused', rejection }
      throw this.#wrong('admit', task, {
        a: `nothing, or a rejection { by, because, wakesOn } with wakesOn one of ${[...wakers].join(', ')}`,
        got: rejection,
      })
    }
    if (score === undefined && this.#policy.score === undefined) return { kind: 'admitted', score: 0 }
    if (isScore(score)) return { kind: 'admitted', score }
    throw this.#wrong('score', task, { a: 'a number', got: score })
  }

  #wrong(method: string, task: number, { a, got }: { readonly a: string; readonly got: unknown }): MusterError {
    return new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#policy.name} to answer ${method} for ${this.#state.tasks.id(task)} with ${a}`,
      got: show(got),
    })
  }

  #threw(method: string, task: number, cause: unknown): MusterError {
    return new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#policy.name} to answer ${method} for ${this.#state.tasks.id(task)}`,
      got: nameAndMessageOf(cause),
      cause,
    })
  }

  #view(task: number): TaskOfRun {
    return new TaskOfRun(task, this.#state, this.graph)
  }

  #workerView(worker: number): WorkerView {
    const { workers } = this.#state
    return { definition: workers.definition(worker), free: (resource) => workers.freeByName(worker, resource) }
  }
}

const wakers: ReadonlySet<unknown> = new Set<Rejection['wakesOn']>(['capacity', 'worker', 'task-judged'])

/** The types say what a policy answers; whoever wrote it in JavaScript did not read them. */
function isKey(key: unknown): key is Key {
  if (!Array.isArray(key)) return isScore(key)
  const parts: readonly unknown[] = key
  return parts.length > 0 && parts.every(isScore)
}

function isScore(score: unknown): score is number {
  return typeof score === 'number' && !Number.isNaN(score)
}

function isRejection(given: unknown): given is Rejection {
  if (typeof given !== 'object' || given === null || !('by' in given && 'because' in given && 'wakesOn' in given))
    return false
  return typeof given.by === 'string' && typeof given.because === 'string' && wakers.has(given.wakesOn)
}

function show(value: unknown): string {
  if (value instanceof Promise) return 'a promise'
  if (typeof value === 'object' && value !== null) {
    try {
      return JSON.stringify(value, (_, part: unknown) => (Number.isNaN(part) ? 'NaN' : part))
    } catch {
      return 'an object'
    }
  }
  return typeof value === 'string' ? JSON.stringify(value) : `${String(value)} (${typeof value})`
}

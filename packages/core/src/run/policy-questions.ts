// What the placement asks the policy, and what it makes of the answers. A policy is somebody else's code: an answer that is
// none, or a throw, ends the step before anything of it counts, and names the policy and the task.
import { nameAndMessageOf } from '../errors/message-of.ts'
import { MusterError } from '../errors/muster-error.ts'
import type {
  Claim,
  Happening,
  Policy,
  Preemption,
  PreemptionQuestion,
  Rejection,
  WorkerView,
} from '../ports/policy.ts'
import type { GraphFacts } from './graph-facts.ts'
import { ledgerOfClaim } from './ledger-table.ts'
import type { Key } from './ready-queue.ts'
import type { RunState } from './run-state.ts'
import { TaskOfRun } from './task-of-run.ts'
import { WorkerOfRun } from './worker-of-run.ts'

/** What the policy thinks of a task on a worker. */
export type Opinion =
  | { readonly kind: 'admitted'; readonly score: number; readonly claims?: readonly Claim[] | undefined }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  /** Admitted, but for a ledger that has no room for what it would hold there. */
  | { readonly kind: 'claimed'; readonly rejection: Rejection; readonly claim: Claim }

/** When the tasks of a lane go, if any may. */
export type LaneAnswer =
  { readonly kind: 'open'; readonly key: Key } | { readonly kind: 'shut'; readonly rejection: Rejection }

/** Asks one policy about the tasks and workers of one run. */
export class PolicyQuestions {
  /** What was worked out from the graph; policies that look at chains read it. */
  graph: GraphFacts = {}
  /** Whether it may refuse workers, or prefer some. */
  readonly isChoosy: boolean
  readonly hasLanes: boolean
  /** Whether it wants to hear what happens. */
  readonly observes: boolean
  readonly rekeyEveryMs: number | undefined
  /** Whether it may ask running tasks to make room. */
  readonly isPreempting: boolean
  readonly #state: RunState
  readonly #policy: Policy
  readonly #workers: WorkerOfRun[] = []
  #lastView: TaskOfRun | undefined
  #lastGraph: GraphFacts | undefined

  constructor(state: RunState, policy: Policy) {
    this.#state = state
    this.#policy = policy
    this.isChoosy =
      policy.admit !== undefined ||
      policy.score !== undefined ||
      policy.claims !== undefined ||
      policy.permit !== undefined
    this.hasLanes = policy.lane !== undefined && policy.laneKey !== undefined
    this.observes = policy.observe !== undefined
    this.isPreempting = policy.preempts !== undefined
    this.rekeyEveryMs = policy.rekeyEveryMs
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
    const workerView = this.workerView(worker)
    let rejection: Rejection | undefined
    let claims: readonly Claim[] | undefined
    let score: number | undefined
    try {
      rejection = this.#policy.admit?.(view, workerView)
      if (rejection === undefined) claims = this.#policy.claims?.(view, workerView)
      if (rejection === undefined) score = this.#policy.score?.(view, workerView)
    } catch (cause) {
      throw this.#threw('admit, claims or score', task, cause)
    }
    if (rejection !== undefined) return { kind: 'refused', rejection: this.#checked('admit', task, rejection) }
    const full = claims === undefined || claims.length === 0 ? undefined : this.#fullClaim(task, claims)
    if (full !== undefined) return { kind: 'claimed', rejection: this.#claimRejection(full), claim: full }
    const held = claims === undefined || claims.length === 0 ? undefined : { claims }
    if (score === undefined && this.#policy.score === undefined) return { kind: 'admitted', score: 0, ...held }
    if (isScore(score)) return { kind: 'admitted', score, ...held }
    throw this.#wrong('score', task, { a: 'a number', got: score })
  }

  /** The last word about a place. */
  permit(task: number, worker: number): Rejection | undefined {
    if (this.#policy.permit === undefined) return undefined
    let rejection: Rejection | undefined
    try {
      rejection = this.#policy.permit(this.#view(task), this.workerView(worker))
    } catch (cause) {
      throw this.#threw('permit', task, cause)
    }
    return rejection === undefined ? undefined : this.#checked('permit', task, rejection)
  }

  /** The name of the lane in which a task waits. */
  lane(task: number): string {
    let lane: string | undefined
    try {
      lane = this.#policy.lane?.(this.#view(task))
    } catch (cause) {
      throw this.#threw('lane', task, cause)
    }
    if (typeof lane === 'string') return lane
    throw this.#wrong('lane', task, { a: 'the name of a lane', got: lane })
  }

  /** When tasks of a lane go. */
  laneKey(lane: string): LaneAnswer {
    let answer: Key | Rejection | undefined
    try {
      answer = this.#policy.laneKey?.(lane)
    } catch (cause) {
      throw this.#threwAbout('laneKey', `lane ${lane}`, cause)
    }
    if (isKey(answer)) return { kind: 'open', key: answer }
    if (isRejection(answer)) return { kind: 'shut', rejection: answer }
    throw this.#wrongAbout('laneKey', `lane ${lane}`, { a: 'a number, a list of them, or a rejection', got: answer })
  }

  /** A task found no place with room. */
  passedOver(task: number): void {
    if (this.#policy.passedOver === undefined) return
    try {
      this.#policy.passedOver(this.#view(task))
    } catch (cause) {
      throw this.#threw('passedOver', task, cause)
    }
  }

  /** Who is to make room for whom, if anybody. */
  preempts(question: PreemptionQuestion): Preemption | undefined {
    let answer: Preemption | undefined
    try {
      answer = this.#policy.preempts?.(question)
    } catch (cause) {
      throw this.#threwAbout('preempts', 'the tasks that wait', cause)
    }
    if (answer === undefined) return undefined
    const { victim, beneficiary, because } = answer
    if (typeof because === 'string' && question.allows(victim, beneficiary)) return { victim, beneficiary, because }
    throw this.#wrongAbout('preempts', 'the tasks that wait', {
      a: 'nothing, or a pre-emption { victim, beneficiary, because } that is allowed',
      got: answer,
    })
  }

  /** Tells it what happened; the lanes whose keys are others now. */
  observe(happening: Happening): readonly string[] | undefined {
    if (this.#policy.observe === undefined) return undefined
    try {
      return this.#policy.observe(happening)
    } catch (cause) {
      throw this.#threwAbout('observe', `a happening (${happening.kind})`, cause)
    }
  }

  /** A task as the policy sees it. */
  taskView(task: number): TaskOfRun {
    return this.#view(task)
  }

  /** A worker as the policy sees it. */
  workerView(worker: number): WorkerView {
    return (this.#workers[worker] ??= new WorkerOfRun(worker, this.#state.workers))
  }

  /** The first claim for which its ledger has no room. */
  #fullClaim(task: number, claims: readonly Claim[]): Claim | undefined {
    const { ledgers } = this.#state
    for (const claim of claims) {
      if (!isClaim(claim)) {
        throw this.#wrong('claims', task, {
          a: 'claims { ledger, amount, limit } whose amount is above 0 and not above their limit',
          got: claim,
        })
      }
      const { amount = 1, limit } = claim
      const ledger = ledgers.find(ledgerOfClaim(claim))
      if (ledger !== undefined && !ledgers.hasRoomFor(ledger, amount, limit)) return claim
    }
    return undefined
  }

  #claimRejection({ ledger, amount = 1, limit }: Claim): Rejection {
    const used = this.#state.ledgers.used(this.#state.ledgers.find(ledgerOfClaim({ ledger, limit })) ?? -1)
    const because = `${String(used)} of ${String(limit)} of ${ledger} are taken, and it wants ${String(amount)}`
    return { by: this.#policy.name, because, wakesOn: 'ledger' }
  }

  #checked(method: string, task: number, rejection: Rejection): Rejection {
    if (!isRejection(rejection)) {
      throw this.#wrong(method, task, {
        a: `nothing, or a rejection { by, because, wakesOn } with wakesOn one of ${[...wakers].join(', ')}, and atMs with 'time'`,
        got: rejection,
      })
    }
    // A time that is over would be asked about without end.
    const { atMs } = rejection
    if (atMs === undefined || atMs > this.#state.atMs) return rejection
    return { ...rejection, atMs: this.#state.atMs + 1 }
  }

  #wrong(method: string, task: number, answer: { readonly a: string; readonly got: unknown }): MusterError {
    return this.#wrongAbout(method, this.#state.tasks.id(task), answer)
  }

  #wrongAbout(method: string, about: string, { a, got }: { readonly a: string; readonly got: unknown }): MusterError {
    return new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#policy.name} to answer ${method} for ${about} with ${a}`,
      got: show(got),
    })
  }

  #threw(method: string, task: number, cause: unknown): MusterError {
    return this.#threwAbout(method, this.#state.tasks.id(task), cause)
  }

  #threwAbout(method: string, about: string, cause: unknown): MusterError {
    return new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#policy.name} to answer ${method} for ${about}`,
      got: nameAndMessageOf(cause),
      cause,
    })
  }

  /** The same as before where the same task is asked about, as it is for one worker after another. */
  #view(task: number): TaskOfRun {
    const last = this.#lastView
    if (last?.handle === task && this.#lastGraph === this.graph) return last
    this.#lastGraph = this.graph
    return (this.#lastView = new TaskOfRun(task, this.#state, this.graph))
  }
}

const wakers: ReadonlySet<unknown> = new Set<Rejection['wakesOn']>([
  'capacity',
  'worker',
  'task-judged',
  'ledger',
  'time',
])

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
  if (typeof given.by !== 'string' || typeof given.because !== 'string' || !wakers.has(given.wakesOn)) return false
  const atMs = 'atMs' in given ? given.atMs : undefined
  return atMs === undefined ? given.wakesOn !== 'time' : isScore(atMs)
}

function isClaim({ ledger, amount = 1, limit }: Claim): boolean {
  return typeof ledger === 'string' && amount > 0 && amount <= limit
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

// What happens in a simulated run, as plain data: drawn from a seed, or written by hand for an example. Everything the world
// does by chance while it runs (which message is dropped, at which step a coordinator dies) is drawn from the same seed.
import type { FailureCategory } from '../../model/failure.ts'
import type { Result } from '../../model/outcome.ts'
import type { WorkerDefinition } from '../../model/worker.ts'
import type { KernelOptions } from '../../run/kernel-options.ts'
import type { ControlSignal } from '../../run/signal.ts'
import type { PolicyName } from './policies.ts'

/** What an attempt fails with. */
export interface BehaviourFailure {
  readonly category: FailureCategory
  readonly transient: boolean
  readonly code?: string | undefined
  readonly retryAfterMs?: number | undefined
}

/** How the attempts of a task go. */
export interface Behaviour {
  readonly durationMs: number
  /** Result of attempt 1, 2, 3; the last one goes on for ever. */
  readonly results: readonly Exclude<Result, 'timed-out'>[]
  readonly hasFlakyCases: boolean
  /** What its attempts fail with, attempt by attempt; the last one goes on for ever. @defaultValue nothing is known of it */
  readonly failures?: readonly BehaviourFailure[] | undefined
  /** Whether it ends when it is asked to. */
  readonly obeysCancel: boolean
  /** The first so many attempts take their worker down with them. */
  readonly kills: number
}

/** Something that happens to a worker. */
export interface WorkerEvent {
  readonly atMs: number
  /** Position in the plan's list of workers. */
  readonly worker: number
  /**
   * `crash`: it and all that runs there is gone. `part`: it is taken for gone but goes on. `drain`: it takes nothing more,
   * then leaves. `change`: it says anew what it offers.
   */
  readonly kind: 'crash' | 'part' | 'drain' | 'change'
  readonly backAfterMs: number
  /** What it offers from then on. */
  readonly definition: WorkerDefinition
}

/** Something that the owner of the run asks for. */
export interface ScriptItem {
  readonly atMs: number
  readonly signal: ControlSignal
}

/** Likelihoods of what goes wrong; all of it ends when the world heals. */
export interface FaultPlan {
  /** Of each signal on its way to the coordinator. */
  readonly dropSignal: number
  readonly doubleSignal: number
  /** Longest way of a message, in milliseconds; different ways reorder them. */
  readonly longestWayMs: number
  /** Of each launch, and of each cancel, on its way to a worker. */
  readonly dropLaunch: number
  readonly dropCancel: number
  /** Of each worker, to register with a new owner later than others. */
  readonly lateWorker: number
  readonly refuse: number
  /** Of each attempt, to vanish without its worker. */
  readonly loseAttempt: number
  /** Of each signal, to be followed by one that means nothing. */
  readonly foreign: number
  /** Of each point of each step, to be the coordinator's last. */
  readonly crash: number
  readonly appendFails: number
  readonly appendStoredThenFails: number
  readonly appendFull: number
  readonly appendNeverAnswers: number
  /** Times at which somebody else takes the run over while its owner lives. */
  readonly takeOverAtMs: readonly number[]
  /** Of each leave and drain, to arrive late, perhaps when the worker is back; only where lives are stated. */
  readonly lateLeave: number
  /** Of each word of a worker that it is there, to arrive again when that life of it is over; only where lives are stated. */
  readonly lateJoin: number
  /** Longest jump of the wall clock while nobody owns the run, forward or back, in milliseconds. */
  readonly wallJumpMs: number
}

/** Something that tasks use is down for a while: whoever uses it fails. */
export interface Outage {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** A worker whose device fails everything after so many attempts, until the world heals. */
export interface BadDevice {
  readonly worker: string
  readonly afterAttempts: number
  readonly takesMs: number
}

/** One simulated run. */
export interface SimulationPlan {
  readonly seed: number
  readonly options: KernelOptions
  readonly policy: PolicyName
  readonly workers: readonly WorkerDefinition[]
  /** Joins when the world heals and could run every task that any worker could run. */
  readonly spare: WorkerDefinition
  readonly script: readonly ScriptItem[]
  readonly behaviours: Readonly<Record<string, Behaviour>>
  readonly workerEvents: readonly WorkerEvent[]
  /** @defaultValue nothing is ever down */
  readonly outages?: readonly Outage[] | undefined
  /** @defaultValue every device works */
  readonly badDevices?: readonly BadDevice[] | undefined
  /** Whether the engine says which life of a worker it tells about. */
  readonly statesIncarnations: boolean
  readonly faults: FaultPlan
  /** From then on nothing goes wrong any more, every worker is back and the source is closed. */
  readonly healAtMs: number
}

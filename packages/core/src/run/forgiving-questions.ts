// A policy is somebody else's code, and a run does not end because it breaks: a question to which it throws, or answers what is
// none, is decided as first in, first out would, and told once. A policy that keeps breaking is asked nothing more.
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { Happening, Policy, Preemption, PreemptionQuestion, Rejection } from '../ports/policy.ts'
import type { PolicyFailed } from './entry.ts'
import { type LaneAnswer, type Opinion, PolicyQuestions } from './policy-questions.ts'
import type { Key } from './ready-queue.ts'
import type { RunState } from './run-state.ts'

/** Failures after which a policy is asked nothing more. */
const mostFailures = 3

/** The lane of tasks of which the policy does not say one. */
const openLane = ''
const open: LaneAnswer = { kind: 'open', key: 0 }
const admitted: Opinion = { kind: 'admitted', score: 0 }

/** Asks a policy, and goes on without it where it breaks. */
export class ForgivingQuestions extends PolicyQuestions {
  readonly #name: string
  #failures = 0
  #untold: PolicyFailed[] = []

  constructor(state: RunState, policy: Policy) {
    super(state, policy)
    this.#name = policy.name
  }

  /** Another owner has the run: for it nothing has failed yet. */
  forgive(): void {
    this.#failures = 0
    this.#untold = []
  }

  /** What went wrong since somebody last looked. */
  takeFailures(): readonly PolicyFailed[] {
    return this.#untold.length === 0 ? this.#untold : this.#untold.splice(0)
  }

  override key(task: number): Key {
    return this.#ask(
      () => super.key(task),
      () => task,
    )
  }

  override opinion(task: number, worker: number): Opinion {
    return this.#ask(
      () => super.opinion(task, worker),
      () => admitted,
    )
  }

  override permit(task: number, worker: number): Rejection | undefined {
    return this.#ask(
      () => super.permit(task, worker),
      () => undefined,
    )
  }

  override lane(task: number): string {
    return this.#ask(
      () => super.lane(task),
      () => openLane,
    )
  }

  override laneKey(lane: string): LaneAnswer {
    if (lane === openLane) return open
    return this.#ask(
      () => super.laneKey(lane),
      () => open,
    )
  }

  override passedOver(task: number): void {
    this.#ask(
      () => {
        super.passedOver(task)
      },
      () => undefined,
    )
  }

  override preempts(question: PreemptionQuestion): Preemption | undefined {
    return this.#ask(
      () => super.preempts(question),
      () => undefined,
    )
  }

  override observe(happening: Happening): readonly string[] | undefined {
    return this.#ask(
      () => this.#lanesOf(super.observe(happening), happening),
      () => undefined,
    )
  }

  /** The types say what it answers; whoever wrote it in JavaScript did not read them. */
  #lanesOf(lanes: unknown, { kind }: Happening): readonly string[] | undefined {
    if (lanes === undefined) return undefined
    if (Array.isArray(lanes) && lanes.every((lane): lane is string => typeof lane === 'string')) return lanes
    throw new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#name} to answer observe for a happening (${kind}) with nothing, or a list of lanes`,
      got: typeof lanes,
    })
  }

  #ask<Answer>(ask: () => Answer, otherwise: () => Answer): Answer {
    if (this.#failures >= mostFailures) return otherwise()
    try {
      return ask()
    } catch (error) {
      if (!isMusterError(error) || error.code !== 'POLICY_FAILED') throw error
      this.#failures++
      const because = `expected ${error.expected}, got ${error.got}`
      const isDropped = this.#failures >= mostFailures
      this.#untold.push({ kind: 'policy-failed', policy: this.#name, because, isDropped })
      return otherwise()
    }
  }
}

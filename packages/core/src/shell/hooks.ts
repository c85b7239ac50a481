// Calls the user's hooks. Those before an attempt hold it up; those after hold up nothing but the end of the run, and their
// throws are notes.
import { messageOf } from '../errors/message-of.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { RunReport } from '../model/report.ts'
import type { Clock } from '../ports/clock.ts'
import type { LaunchCommand } from '../ports/engine.ts'
import { answerWithin } from './answer-within.ts'
import { type HookLimit, silent } from './ask-user.ts'
import type { EventHub } from './event-hub.ts'
import type { Hooks } from './orchestrator-options.ts'

/** What to await before an attempt is launched, or nothing where no hook wants it. Rejects where one does not answer. */
export function hooksBeforeAttempt(
  hooks: Hooks | undefined,
  limit: HookLimit,
): ((command: LaunchCommand) => Promise<void>) | undefined {
  if (hooks?.beforeTask === undefined && hooks?.beforeAttempt === undefined) return undefined
  const within = (name: string, ask: () => Promise<void>): Promise<void> =>
    answerWithin(ask(), { ...limit, ...silent(`the hook ${name}`) })
  /** Tasks whose hook has not let them go. */
  const unprepared = new Set<number>()
  return async ({ task, attempt }) => {
    if (attempt.n === 1 || unprepared.has(attempt.task)) {
      unprepared.add(attempt.task)
      if (hooks.beforeTask !== undefined) await within('beforeTask', async () => hooks.beforeTask?.(task))
      unprepared.delete(attempt.task)
    }
    if (hooks.beforeAttempt !== undefined)
      await within('beforeAttempt', async () => hooks.beforeAttempt?.(task, attempt.n))
  }
}

/** Where and when something happened. */
type EventPlace = Pick<RunEvent, 'position' | 'atMs'>

/** What hooks after something are told by. */
export interface AfterHooksParts {
  readonly hooks: Hooks
  readonly hub: EventHub
  readonly clock: Clock
  /** How long the end of the run waits for them, in milliseconds. */
  readonly limitMs: number
}

/** Calls the hooks that come after something, and waits for those that take their time once the run is over. */
export class AfterHooks {
  readonly #parts: AfterHooksParts
  #busy = 0
  #whenIdle: () => void = () => undefined

  /** They are told of what happens from now on. */
  constructor(parts: AfterHooksParts) {
    const { hooks, hub } = parts
    const { afterAttempt, afterTask } = hooks
    this.#parts = parts
    if (afterAttempt !== undefined) {
      hub.on('attempt-ended', (event) => {
        void this.#call(event, () => afterAttempt(event.task, event.n, event.outcome))
      })
    }
    if (afterTask !== undefined) {
      hub.on('task-judged', (event) => {
        void this.#call(event, () => afterTask(event.task, event.verdict))
      })
    }
  }

  /** Waits for those that were called. */
  async settled(place: EventPlace): Promise<void> {
    if (this.#busy === 0) return
    const { clock, hub, limitMs } = this.#parts
    const idle = new Promise<void>((resolve) => {
      this.#whenIdle = resolve
    })
    const isIdle = await answerWithin(idle, { clock, limitMs, what: 'the hooks to end' }).then(
      () => true,
      () => false,
    )
    if (isIdle) return
    const text = `${this.#busy} calls of hooks went on for ${limitMs} ms after the run was over; nobody waits for them any more`
    hub.publish({ kind: 'note', text, ...place })
  }

  /** Tells that the run is over, after everything else. */
  async runEnded(report: RunReport, place: EventPlace): Promise<void> {
    await this.settled(place)
    void this.#call({ kind: 'run-ended', ...place }, () => this.#parts.hooks.afterRun?.(report))
    await this.settled(place)
  }

  async #call(event: EventPlace & Pick<RunEvent, 'kind'>, hook: () => void | Promise<void>): Promise<void> {
    this.#busy++
    try {
      await hook()
    } catch (error) {
      const text = `a hook after ${event.kind} threw: ${messageOf(error)}`
      this.#parts.hub.publish({ kind: 'note', text, position: event.position, atMs: event.atMs })
    } finally {
      if (--this.#busy === 0) this.#whenIdle()
    }
  }
}

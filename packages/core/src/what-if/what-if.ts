// What would have become of a recorded run under another policy or on other workers: both schedules side by side, where they
// part first, and how much of the answer is assumed. It decides nothing for a run to come.
import type { RunReport } from '../model/report.ts'
import type { RunState } from '../run/run-state.ts'
import { totalsOf } from '../run/totals-of.ts'
import { heldMs } from './recorded-run.ts'
import { type RecordedQuestion, simulateRecorded } from './simulate-recorded.ts'

/** What one worker had to do. */
export interface WorkerShare {
  readonly worker: string
  /** Attempts it could run at once. */
  readonly slots: number
  /** Milliseconds for which its places were held, summed over them. */
  readonly busyMs: number
  readonly attempts: number
}

/** How a run went, or would have gone. */
export interface Schedule {
  /** Milliseconds from the first launch to the last end. */
  readonly makespanMs: number
  readonly attempts: number
  readonly totals: RunReport['totals']
  /** In the order in which they joined. */
  readonly workers: readonly WorkerShare[]
}

/** An attempt by its task and its number among those that came to something. */
export interface OrderedAttempt {
  readonly task: string
  readonly n: number
}

/** A recorded run beside the same run decided anew. */
export interface WhatIf {
  readonly run: string
  /** Name of the policy that was asked. */
  readonly policy: string
  readonly then: Schedule
  readonly now: Schedule
  /** Attempts of which outcome or time had to be assumed, and their share of all, 0 to 1. */
  readonly imputed: { readonly attempts: number; readonly share: number }
  /** The first place in the order of launches, from 1, at which both differ; absent where they do not. */
  readonly parting?:
    | {
        readonly at: number
        readonly then: OrderedAttempt | undefined
        readonly now: OrderedAttempt | undefined
      }
    | undefined
}

/** Decides a recorded run anew and compares. */
export function whatIf(question: RecordedQuestion): WhatIf {
  const { recorded, policy } = question
  const { state, launches, imputed } = simulateRecorded(question)
  const then = [...recorded.launches()]
  const share = launches.length === 0 ? 0 : imputed / launches.length
  return {
    run: recorded.state.run,
    policy: policy.name,
    then: scheduleOf(recorded.state),
    now: scheduleOf(state),
    imputed: { attempts: imputed, share },
    parting: partingOf(then, launches, (task) =>
      (recorded.state.tasks.size > task ? recorded.state : state).tasks.id(task),
    ),
  }
}

function scheduleOf(state: RunState): Schedule {
  const { attempts, workers } = state
  const busyMs = new Float64Array(workers.size)
  const counts = new Uint32Array(workers.size)
  let firstMs = Infinity
  let lastMs = -Infinity
  for (let row = 0; row < attempts.length; row++) {
    const worker = attempts.worker(row)
    const held = heldMs(state, row)
    busyMs[worker] = (busyMs[worker] ?? 0) + held
    counts[worker] = (counts[worker] ?? 0) + 1
    firstMs = Math.min(firstMs, attempts.launchedAtMs(row))
    lastMs = Math.max(lastMs, attempts.launchedAtMs(row) + held)
  }
  return {
    makespanMs: Math.max(0, lastMs - firstMs),
    attempts: attempts.length,
    totals: totalsOf(state),
    workers: Array.from({ length: workers.size }, (_, worker) => {
      const { id, capacity } = workers.definition(worker)
      return { worker: id, slots: capacity['slots'] ?? 1, busyMs: busyMs[worker] ?? 0, attempts: counts[worker] ?? 0 }
    }),
  }
}

function partingOf(then: readonly number[], now: readonly number[], idOf: (task: number) => string): WhatIf['parting'] {
  const length = Math.max(then.length, now.length)
  let at = 0
  while (at < length && then[at] === now[at]) at++
  if (at === length) return undefined
  return { at: at + 1, then: attemptAt(then, at, idOf), now: attemptAt(now, at, idOf) }
}

function attemptAt(order: readonly number[], at: number, idOf: (task: number) => string): OrderedAttempt | undefined {
  const task = order[at]
  if (task === undefined) return undefined
  let n = 0
  for (let before = 0; before <= at; before++) if (order[before] === task) n++
  return { task: idOf(task), n }
}

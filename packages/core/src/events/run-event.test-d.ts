// Every kind of event can be listened to by name and read from a sequence, with exactly its own type both ways. A member
// that is added to the union without being added here does not compile.
import { expectTypeOf, test } from 'vitest'
import type { EventName, EventOf, Listener } from '../shell/event-hub.ts'
import type { Orchestrator } from '../shell/orchestrator.ts'
import type { Run } from '../shell/run-handle.ts'
import type {
  AttemptEnded,
  AttemptLaunched,
  AttemptLost,
  AttemptOutput,
  AttemptProgress,
  AttemptStarted,
  BreakerChanged,
  CaseEnded,
  Note,
  RunDraining,
  RunEnded,
  RunEvent,
  RunPaused,
  RunSnapshot,
  RunStarted,
  RunUnpaused,
  TaskJudged,
  TaskGaveUp,
  TaskRetrying,
  TasksAdded,
  WorkerChanged,
  WorkerQuarantined,
} from './run-event.ts'

/** What every event has beside its own fields. */
type Placed = Pick<RunEvent, 'position' | 'atMs'>

interface Members {
  'run-started': RunStarted
  'tasks-added': TasksAdded
  'run-paused': RunPaused
  'run-unpaused': RunUnpaused
  'run-draining': RunDraining
  'worker-joined': Extract<WorkerChanged, { kind: 'worker-joined' }>
  'worker-left': Extract<WorkerChanged, { kind: 'worker-left' }>
  'worker-quarantined': Extract<WorkerQuarantined, { kind: 'worker-quarantined' }>
  'quarantine-lifted': Extract<WorkerQuarantined, { kind: 'quarantine-lifted' }>
  'breaker-changed': BreakerChanged
  'attempt-launched': AttemptLaunched
  'attempt-started': AttemptStarted
  'attempt-ended': AttemptEnded
  'attempt-lost': AttemptLost
  'task-retrying': TaskRetrying
  'task-gave-up': TaskGaveUp
  'task-judged': TaskJudged
  'run-ended': RunEnded
  snapshot: RunSnapshot
  note: Note
  'attempt-progress': AttemptProgress
  'attempt-output': AttemptOutput
  'case-ended': CaseEnded
}

declare const run: Run
declare const muster: Orchestrator

test('the kinds are these and no others', () => {
  expectTypeOf<RunEvent['kind']>().toEqualTypeOf<keyof Members>()
  expectTypeOf<EventName>().toEqualTypeOf<keyof Members | '*'>()
})

test('a listener gets the event of its kind, with where and when', () => {
  run.on('task-judged', (event) => {
    expectTypeOf(event).toExtend<TaskJudged & Placed>()
    // @ts-expect-error a verdict has no report
    expectTypeOf(event.report)
  })
  muster.on('run-ended', (event) => {
    expectTypeOf(event.report).toEqualTypeOf<RunEnded['report']>()
  })
  run.on('*', (event) => {
    expectTypeOf(event).toEqualTypeOf<RunEvent>()
  })
  // @ts-expect-error no such kind
  run.on('task-done', () => undefined)
  expectTypeOf(run.on('note', () => undefined)).toEqualTypeOf<() => void>()
})

// An interface that stood for two kinds once left both of their listeners with an event of type never.
test('each member alone is what its name promises', () => {
  type IsExact = {
    [Kind in keyof Members]: [EventOf<Kind>] extends [never]
      ? false
      : EventOf<Kind> extends Members[Kind] & Placed
        ? Members[Kind] & Placed extends EventOf<Kind>
          ? true
          : false
        : false
  }
  expectTypeOf<IsExact>().toEqualTypeOf<{ [Kind in keyof Members]: true }>()
  expectTypeOf<Parameters<Listener<'case-ended'>>[0]>().toExtend<CaseEnded & Placed>()
})

test('a sequence tells the union, and a kind narrows it', async () => {
  expectTypeOf(run.events).toEqualTypeOf<AsyncIterable<RunEvent>>()
  expectTypeOf(muster.events('nightly')).toEqualTypeOf<AsyncIterable<RunEvent>>()
  for await (const event of run.events) {
    if (event.kind === 'attempt-lost') expectTypeOf(event.cause).toEqualTypeOf<AttemptLost['cause']>()
  }
})

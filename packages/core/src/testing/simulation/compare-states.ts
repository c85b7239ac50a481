// Holds the kernel's state against the oracle's, task by task. They share no code, so where they agree both are probably
// right.
import type { FailureCategory } from '../../model/failure.ts'
import type { AttemptReport } from '../../model/report.ts'
import type { RunState } from '../../run/run-state.ts'
import { taskStatusName } from '../../run/task-status.ts'
import { uphold } from './laws.ts'
import { type Model, type ModelTask, openAttemptOf } from './oracle/model.ts'

/** Throws where kernel and oracle disagree. */
export function compareStates(state: RunState, model: Model): void {
  uphold(6, state.tasks.size === model.tasks.length, () => `${state.tasks.size} tasks, expected ${model.tasks.length}`)
  for (const task of model.tasks) compareTask(state, task)
  const open = model.tasks.filter((task) => openAttemptOf(task) !== undefined).length
  uphold(6, state.running.size === open, () => `${state.running.size} attempts are open, expected ${open}`)
}

function compareTask(state: RunState, task: ModelTask): void {
  const { handle, verdict } = task
  const status = taskStatusName(state.tasks.status(handle))
  uphold(6, status === task.status, () => `task ${handle} is ${status}, expected ${task.status}`)
  const kind = state.tasks.verdictKind(handle)
  uphold(
    6,
    kind === verdict?.kind,
    () => `task ${handle} came to ${kind ?? 'nothing'}, expected ${verdict?.kind ?? 'nothing'}`,
  )
  uphold(4, state.tasks.n(handle) === task.attempts.length, () => {
    return `task ${handle} counts ${state.tasks.n(handle)} attempts, expected ${task.attempts.length}`
  })
}

/** Throws where what is reported of a task is not what its entries say. */
export function compareReports(state: RunState, model: Model): void {
  for (const task of model.tasks) {
    const { verdict, attempts } = state.taskReport(task.handle)
    uphold(6, verdict?.kind === task.verdict?.kind, () => {
      return `task ${task.handle} is reported as ${verdict?.kind ?? 'open'}, expected ${task.verdict?.kind ?? 'open'}`
    })
    const by = verdict !== undefined && 'by' in verdict ? verdict.by : undefined
    const expected = task.verdict?.by ?? new Set()
    uphold(6, by === undefined ? expected.size === 0 : expected.has(by), () => {
      return `task ${task.handle} is reported as ${verdict?.kind ?? 'open'} by ${by ?? 'nobody'}, expected ${[...expected].join(' or ')}`
    })
    const reported = attempts.map(({ n, ending }) => [n, withoutCause(ending)])
    const journaled = task.attempts.map(({ n, outcome, lost }) => [
      n,
      outcome ?? (lost === undefined ? { kind: 'open' } : { kind: 'lost', cause: lost }),
    ])
    uphold(6, JSON.stringify(reported) === JSON.stringify(journaled), () => {
      return `task ${task.handle} is reported with ${JSON.stringify(reported)}, expected ${JSON.stringify(journaled)}`
    })
    if (verdict?.kind === 'poisoned') {
      const died = task.attempts.filter(({ lost }) => lost === 'worker').length
      uphold(
        6,
        verdict.workersLost === died,
        () => `task ${task.handle} names ${verdict.workersLost} workers, expected ${died}`,
      )
    }
    if (verdict?.kind === 'flaky') {
      const failed = task.attempts.filter(
        ({ outcome }) =>
          (outcome?.result === 'failed' || outcome?.result === 'timed-out') && !isForeign(outcome.failure?.category),
      ).length
      uphold(6, verdict.failedAttempts === failed, () => {
        return `task ${task.handle} names ${verdict.failedAttempts} failed attempts, expected ${failed}`
      })
    }
  }
}

/** What it failed by is not held against it. */
function isForeign(category: FailureCategory | undefined): boolean {
  return category === 'infrastructure' || category === 'hardware-device'
}

/** Whom a lost attempt is filed under is found out over the whole run, and checked where it is decided. */
function withoutCause(ending: AttemptReport['ending']): unknown {
  switch (ending.kind) {
    case 'ended':
      return ending.outcome
    case 'lost':
      return { kind: 'lost', cause: ending.cause }
    case 'open':
      return ending
  }
}

// Calls the user's hooks. Those before an attempt hold it up; those after are observers whose throws are notes.
import type { RunEvent } from '../events/run-event.ts'
import type { LaunchCommand } from '../ports/engine.ts'
import type { Observer } from '../ports/observer.ts'
import type { EventHub } from './event-hub.ts'
import type { Hooks } from './orchestrator-options.ts'

/** What to await before an attempt is launched, or nothing where no hook wants it. */
export function hooksBeforeAttempt(hooks: Hooks | undefined): ((command: LaunchCommand) => Promise<void>) | undefined {
  if (hooks?.beforeTask === undefined && hooks?.beforeAttempt === undefined) return undefined
  /** Tasks whose hook has not let them go. */
  const unprepared = new Set<number>()
  return async ({ task, attempt }) => {
    if (attempt.n === 1 || unprepared.has(attempt.task)) {
      unprepared.add(attempt.task)
      await hooks.beforeTask?.(task)
      unprepared.delete(attempt.task)
    }
    await hooks.beforeAttempt?.(task, attempt.n)
  }
}

/** Tells the hooks that come after something. */
export function hookObserver(hooks: Hooks, hub: () => EventHub): Observer {
  const report = (event: RunEvent, error: unknown): void => {
    const text = `a hook after ${event.kind} threw: ${error instanceof Error ? error.message : String(error)}`
    hub().publish({ kind: 'note', text, position: event.position, atMs: event.atMs })
  }
  const guard = (event: RunEvent, hook: () => void | Promise<void>): void => {
    void (async () => {
      await hook()
    })().catch((error: unknown) => {
      report(event, error)
    })
  }
  return {
    name: 'hooks',
    event: (event) => {
      if (event.kind === 'attempt-ended') {
        guard(event, () => hooks.afterAttempt?.(event.task, event.n, event.outcome))
      } else if (event.kind === 'task-judged') {
        guard(event, () => hooks.afterTask?.(event.task, event.verdict))
      } else if (event.kind === 'run-ended') guard(event, () => hooks.afterRun?.(event.report))
    },
  }
}

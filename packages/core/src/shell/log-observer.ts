// Tells a logger the course of a run. The library prints nothing by itself: whoever wants lines hands in where they go.
import type { RunEvent } from '../events/run-event.ts'
import { scopeText } from '../model/scope-text.ts'
import type { Logger } from '../ports/logger.ts'
import type { Observer } from '../ports/observer.ts'
import { explainGiveUp } from '../retry/explain-retry.ts'
import { verdictSentence } from '../run/explain.ts'

type Level = 'debug' | 'info' | 'warn'

/** What is said of an event: the level, the fields beside run and position, and the message. */
type Line = readonly [level: Level, facts: object, message: string]

/** An observer that writes a line for each event but the provisional ones, which are too many. */
export function logObserver(logger: Logger): Observer {
  return {
    name: 'logger',
    event: (event, run) => {
      const line = lineOf(event)
      if (line === undefined) return
      const [level, facts, message] = line
      logger[level]({ run, event: event.kind, position: event.position, ...facts }, message)
    },
    stopped: (run, error) => {
      // `err` is what pino and its kin look for.
      logger.error({ run, err: error }, 'run stopped before its end')
    },
  }
}

function lineOf(event: RunEvent): Line | undefined {
  switch (event.kind) {
    case 'run-started': {
      const { epoch, resumed, tasks } = event
      return ['info', { epoch, tasks }, resumed ? 'run goes on' : 'run started']
    }
    case 'tasks-added':
      return ['debug', { tasks: event.tasks.length }, 'tasks added']
    case 'run-paused':
      return ['info', {}, 'run paused']
    case 'run-unpaused':
      return ['info', {}, 'run goes on']
    case 'run-draining':
      return ['warn', { by: event.by, hard: event.hard }, 'run starts nothing more']
    case 'worker-joined':
      return ['info', { worker: event.worker.id, capacity: event.worker.capacity }, 'worker joined']
    case 'worker-left':
      return ['warn', { worker: event.worker, because: event.because }, 'worker left']
    case 'worker-quarantined':
      return ['warn', { worker: event.worker, because: event.because }, 'worker is given nothing more']
    case 'quarantine-lifted':
      return ['warn', { worker: event.worker, because: event.because }, 'worker is given work again']
    case 'breaker-changed': {
      const { key, state, because, untilMs } = event
      const until = untilMs === undefined ? {} : { untilMs }
      return [state === 'open' ? 'warn' : 'info', { breaker: key, state, because, ...until }, `breaker is ${state}`]
    }
    case 'attempt-launched':
      return ['debug', { task: event.task, n: event.n, worker: event.worker }, 'attempt launched']
    case 'attempt-started':
      return ['debug', { task: event.task, n: event.n }, 'attempt started']
    case 'attempt-ended': {
      const { result, durationMs, failure } = event.outcome
      const failed = failure === undefined ? {} : { failure: failure.message, category: failure.category }
      return ['debug', { task: event.task, n: event.n, result, durationMs, ...failed }, 'attempt ended']
    }
    case 'attempt-lost': {
      const { task, n, cause, causedBy } = event
      return ['warn', { task, n, cause, ...(causedBy === undefined ? {} : { causedBy }) }, 'attempt lost']
    }
    case 'task-retrying': {
      const { task, n, delayMs, attemptsLeft, because, budgetLeft, scope } = event
      const part = scope === undefined ? {} : { scope: scopeText(scope) }
      const why = { ...(because && { because }), ...(budgetLeft === undefined ? {} : { budgetLeft }), ...part }
      return ['info', { task, n, delayMs, attemptsLeft, ...why }, 'task is tried again']
    }
    case 'task-gave-up': {
      const { task, n, because, budgetLeft } = event
      const left = budgetLeft === undefined ? {} : { budgetLeft }
      return ['info', { task, n, because, ...left }, `task is not tried again: ${explainGiveUp(because)}`]
    }
    case 'task-judged': {
      const { task, verdict } = event
      const isFine = verdict.kind === 'passed' || verdict.kind === 'skipped'
      return [isFine ? 'debug' : 'warn', { task, verdict: verdict.kind }, verdictSentence(verdict)]
    }
    case 'run-ended': {
      const { exit, exitCode, durationMs, totals } = event.report
      return ['info', { exit, exitCode, durationMs, totals }, 'run ended']
    }
    case 'note':
      return ['warn', {}, event.text]
    case 'snapshot':
    case 'attempt-progress':
    case 'attempt-output':
    case 'case-ended':
      return undefined
  }
}

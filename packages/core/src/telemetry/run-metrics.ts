// Numbers over all runs of an orchestrator. No attribute takes its value from a task or a worker: a series for each of ten
// thousand tests helps nobody.
import type { Counter, Histogram, Meter, UpDownCounter } from '@opentelemetry/api'
import type { RunEvent } from '../events/run-event.ts'
import type { CaseCounts } from '../model/outcome.ts'
import { attributeNames, metricNames } from './names.ts'

const { result: resultName, verdict: verdictName } = attributeNames

/** The instruments, and what is open of each run. */
export class RunMetrics {
  readonly #tasks: Counter
  readonly #attempts: Counter
  readonly #retries: Counter
  readonly #cases: Counter
  readonly #duration: Histogram
  readonly #running: UpDownCounter
  /** Open attempts by run, so that a run that stops in the middle leaves none behind. */
  readonly #open = new Map<string, Set<string>>()

  constructor(meter: Meter) {
    this.#tasks = meter.createCounter(metricNames.tasks, { description: 'Tasks by verdict', unit: '{task}' })
    this.#attempts = meter.createCounter(metricNames.attempts, { description: 'Attempts by result', unit: '{attempt}' })
    this.#retries = meter.createCounter(metricNames.retries, { description: 'Retries', unit: '{retry}' })
    this.#cases = meter.createCounter(metricNames.cases, { description: 'Test cases by result', unit: '{case}' })
    this.#duration = meter.createHistogram(metricNames.duration, { description: 'Duration of attempts', unit: 's' })
    this.#running = meter.createUpDownCounter(metricNames.running, { description: 'Open attempts', unit: '{attempt}' })
  }

  event(event: RunEvent, run: string): void {
    switch (event.kind) {
      case 'attempt-launched':
        this.#opened(run, event)
        return
      case 'attempt-ended': {
        const { result, durationMs, cases } = event.outcome
        this.#closed(run, event, result)
        this.#duration.record(durationMs / 1000, { [resultName]: result })
        if (cases !== undefined) this.#countCases(cases)
        return
      }
      case 'attempt-lost':
        this.#closed(run, event, 'lost')
        return
      case 'task-retrying':
        this.#retries.add(1)
        return
      case 'task-judged':
        this.#tasks.add(1, { [verdictName]: event.verdict.kind })
        return
      case 'run-ended':
        this.stopped(run)
        return
      case 'run-started':
      case 'tasks-added':
      case 'run-paused':
      case 'run-unpaused':
      case 'run-draining':
      case 'worker-joined':
      case 'worker-left':
      case 'worker-quarantined':
      case 'quarantine-lifted':
      case 'breaker-changed':
      case 'task-gave-up':
      case 'attempt-started':
      case 'snapshot':
      case 'note':
      case 'attempt-progress':
      case 'attempt-output':
      case 'case-ended':
        return
    }
  }

  /** Nothing more is heard of the run. */
  stopped(run: string): void {
    const open = this.#open.get(run)?.size ?? 0
    if (open > 0) this.#running.add(-open)
    this.#open.delete(run)
  }

  #opened(run: string, attempt: { readonly task: string; readonly n: number }): void {
    const open = this.#open.get(run) ?? new Set<string>()
    this.#open.set(run, open)
    open.add(keyOf(attempt))
    this.#running.add(1)
  }

  #closed(run: string, attempt: { readonly task: string; readonly n: number }, result: string): void {
    this.#attempts.add(1, { [resultName]: result })
    // One of a former owner was never opened here.
    if (this.#open.get(run)?.delete(keyOf(attempt)) === true) this.#running.add(-1)
  }

  #countCases(cases: CaseCounts): void {
    for (const result of ['passed', 'failed', 'skipped', 'flaky'] as const) {
      if (cases[result] > 0) this.#cases.add(cases[result], { [resultName]: result })
    }
  }
}

function keyOf({ task, n }: { readonly task: string; readonly n: number }): string {
  return `${n} ${task}`
}

// The spans of one run: the run, its tasks below it, their attempts below those. A task links to the tasks that it waited
// for, so that the reason why it began when it did can be followed.
import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type {
  AttemptEnded,
  AttemptLaunched,
  AttemptLost,
  RunEvent,
  RunStarted,
  TaskJudged,
} from '../events/run-event.ts'
import type { Failure } from '../model/failure.ts'
import type { CaseCounts } from '../model/outcome.ts'
import type { Verdict, VerdictKind } from '../model/verdict.ts'
import { attributeNames as names, eventNames, spanNames } from './names.ts'

/** What spans are made with. */
export interface RunTraceParts {
  readonly tracer: Tracer
  readonly run: string
  readonly parent: Context | undefined
}

interface OpenTask {
  readonly span: Span
  readonly attempts: Map<number, Span>
}

/** The trace of a run that is going on. */
export class RunTrace {
  readonly #parts: RunTraceParts
  readonly #span: Span
  readonly #context: Context
  readonly #open = new Map<string, OpenTask>()
  /** Of every task that had a span, for links to it. */
  readonly #known = new Map<string, SpanContext>()

  constructor(parts: RunTraceParts, { epoch, resumed, tasks }: RunStarted) {
    const { tracer, run, parent = ROOT_CONTEXT } = parts
    this.#parts = parts
    const attributes = { [names.run]: run, [names.epoch]: epoch, [names.resumed]: resumed, [names.tasks]: tasks }
    this.#span = tracer.startSpan(spanNames.run, { attributes }, parent)
    this.#context = trace.setSpan(parent, this.#span)
  }

  event(event: RunEvent): void {
    switch (event.kind) {
      case 'attempt-launched':
        this.#launched(event)
        return
      case 'attempt-started':
        this.#open.get(event.task)?.attempts.get(event.n)?.addEvent(eventNames.started)
        return
      case 'attempt-ended':
        this.#ended(event)
        return
      case 'attempt-lost':
        this.#lost(event)
        return
      case 'task-retrying':
        this.#open
          .get(event.task)
          ?.span.addEvent(eventNames.retry, { [names.n]: event.n, [names.delayMs]: event.delayMs })
        return
      case 'task-gave-up':
        this.#open
          .get(event.task)
          ?.span.addEvent(eventNames.gaveUp, { [names.n]: event.n, [names.because]: event.because })
        return
      case 'task-judged':
        this.#judged(event)
        return
      case 'worker-quarantined':
      case 'quarantine-lifted': {
        const name = event.kind === 'worker-quarantined' ? eventNames.workerQuarantined : eventNames.quarantineLifted
        this.#span.addEvent(name, { [names.worker]: event.worker, [names.text]: event.because })
        return
      }
      case 'breaker-changed': {
        const { key, state, because } = event
        this.#span.addEvent(eventNames.breaker, {
          [names.breaker]: key,
          [names.breakerState]: state,
          [names.text]: because,
        })
        return
      }
      case 'worker-joined':
        this.#span.addEvent(eventNames.workerJoined, { [names.worker]: event.worker.id })
        return
      case 'worker-left':
        this.#span.addEvent(eventNames.workerLeft, { [names.worker]: event.worker, [names.text]: event.because })
        return
      case 'run-paused':
        this.#span.addEvent(eventNames.paused)
        return
      case 'run-unpaused':
        this.#span.addEvent(eventNames.unpaused)
        return
      case 'run-draining':
        this.#span.addEvent(eventNames.draining, { [names.by]: event.by })
        return
      case 'note':
        this.#span.addEvent(eventNames.note, { [names.text]: event.text })
        return
      case 'run-ended': {
        const { exit, exitCode, totals } = event.report
        this.#span.setAttributes({ [names.exit]: exit, [names.exitCode]: exitCode, [names.tasks]: totals.tasks })
        if (exit === 'passed') this.#span.setStatus({ code: SpanStatusCode.OK })
        else this.#span.setStatus({ code: SpanStatusCode.ERROR, message: exit })
        this.#closeAll('the run has ended')
        return
      }
      case 'run-started':
      case 'tasks-added':
      case 'snapshot':
      case 'attempt-progress':
      case 'attempt-output':
      case 'case-ended':
        return
    }
  }

  /** Nothing more is heard of the run. */
  stopped(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.#span.recordException(error instanceof Error ? error : message)
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message })
    this.#closeAll(message)
  }

  #launched({ task, n, worker, dependsOn = [] }: AttemptLaunched): void {
    const { tracer, run } = this.#parts
    const open = this.#open.get(task) ?? this.#openTask(task, dependsOn)
    const attributes = { [names.run]: run, [names.task]: task, [names.n]: n, [names.worker]: worker }
    open.attempts.set(n, tracer.startSpan(spanNames.attempt, { attributes }, trace.setSpan(this.#context, open.span)))
  }

  #openTask(task: string, dependsOn: readonly string[]): OpenTask {
    const attributes = {
      [names.run]: this.#parts.run,
      [names.task]: task,
      [names.suiteName]: task,
      ...(dependsOn.length === 0 ? {} : { [names.dependsOn]: [...dependsOn] }),
    }
    const links = dependsOn.flatMap((target): readonly Link[] => {
      const context = this.#known.get(target)
      return context === undefined ? [] : [{ context, attributes: { [names.task]: target } }]
    })
    const span = this.#parts.tracer.startSpan(spanNames.task, { attributes, links }, this.#context)
    const open = { span, attempts: new Map<number, Span>() }
    this.#open.set(task, open)
    this.#known.set(task, span.spanContext())
    return open
  }

  #ended({ task, n, outcome }: AttemptEnded): void {
    const span = this.#take(task, n)
    if (span === undefined) return
    const { result, durationMs, failure, cases } = outcome
    span.setAttributes({ [names.result]: result, [names.durationMs]: durationMs, ...casesOf(cases) })
    if (failure !== undefined) recordFailure(span, failure)
    if (result === 'passed') span.setStatus({ code: SpanStatusCode.OK })
    else if (result !== 'skipped') span.setStatus({ code: SpanStatusCode.ERROR, message: failure?.message ?? result })
    span.end()
  }

  #lost({ task, n, cause }: AttemptLost): void {
    const span = this.#take(task, n)
    span?.setAttributes({ [names.result]: 'lost', [names.lossCause]: cause })
    span?.setStatus({ code: SpanStatusCode.ERROR, message: `lost: ${cause}` })
    span?.end()
  }

  #take(task: string, n: number): Span | undefined {
    const attempts = this.#open.get(task)?.attempts
    const span = attempts?.get(n)
    attempts?.delete(n)
    return span
  }

  /** A task that never ran has a span all the same: that it was blocked or skipped is what somebody may look for. */
  #judged({ task, verdict }: TaskJudged): void {
    const { span } = this.#open.get(task) ?? this.#openTask(task, [])
    this.#open.delete(task)
    span.setAttributes({ [names.verdict]: verdict.kind, [names.suiteStatus]: suiteStatus[verdict.kind] })
    if (verdict.kind === 'passed' || verdict.kind === 'flaky') span.setStatus({ code: SpanStatusCode.OK })
    else if (verdict.kind !== 'skipped') span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(verdict) })
    span.end()
  }

  #closeAll(why: string): void {
    for (const { span, attempts } of this.#open.values()) {
      for (const attempt of attempts.values()) {
        attempt.setStatus({ code: SpanStatusCode.ERROR, message: why })
        attempt.end()
      }
      // It was interrupted: it has no verdict, and a resume makes a new span.
      span.setStatus({ code: SpanStatusCode.ERROR, message: why })
      span.setAttribute(names.suiteStatus, 'aborted')
      span.end()
    }
    this.#open.clear()
    this.#span.end()
  }
}

const suiteStatus: Readonly<Record<VerdictKind, string>> = {
  passed: 'success',
  flaky: 'success',
  failed: 'failure',
  'timed-out': 'timed_out',
  blocked: 'skipped',
  skipped: 'skipped',
  cancelled: 'aborted',
  poisoned: 'failure',
  unplaceable: 'aborted',
}

function reasonOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'failed':
    case 'timed-out':
      return verdict.failure?.message ?? verdict.kind
    case 'blocked':
      return `blocked by ${verdict.by}`
    case 'cancelled':
      return `cancelled by ${verdict.by}`
    case 'unplaceable':
      return `no worker has ${verdict.missing.join(', ')}`
    case 'passed':
    case 'flaky':
    case 'skipped':
    case 'poisoned':
      return verdict.kind
  }
}

function recordFailure(span: Span, { category, fault, fingerprint, message, errorName, stack }: Failure): void {
  span.setAttributes({ [names.category]: category, [names.fault]: fault, [names.fingerprint]: fingerprint })
  span.recordException({ name: errorName ?? category, message, ...(stack === undefined ? {} : { stack }) })
}

function casesOf(cases: CaseCounts | undefined): Record<string, number> {
  if (cases === undefined) return {}
  return {
    [names.casesPassed]: cases.passed,
    [names.casesFailed]: cases.failed,
    [names.casesSkipped]: cases.skipped,
    [names.casesFlaky]: cases.flaky,
  }
}

// Every name that telemetry uses, in one place: dashboards and alerts are built on them, so they are public and are changed
// like anything else that is.

/** Names of spans. */
export const spanNames = {
  run: 'muster.run',
  task: 'muster.task',
  attempt: 'muster.attempt',
} as const

/** Names of events on spans. */
export const eventNames = {
  /** On a run: a worker joined or left. */
  workerJoined: 'muster.worker.joined',
  workerLeft: 'muster.worker.left',
  /** On a run: a worker is given nothing more, or is given work again. */
  workerQuarantined: 'muster.worker.quarantined',
  quarantineLifted: 'muster.worker.quarantine_lifted',
  /** On a run: a circuit breaker opened, let a few through, or closed. */
  breaker: 'muster.breaker.changed',
  /** On a run: nothing more is started. */
  draining: 'muster.run.draining',
  paused: 'muster.run.paused',
  unpaused: 'muster.run.unpaused',
  /** On a run: words for people. */
  note: 'muster.note',
  /** On a task: it is tried again. */
  retry: 'muster.task.retry',
  /** On a task: it is not tried again. */
  gaveUp: 'muster.task.gave_up',
  /** On an attempt: it began to run; until then it was on its way. */
  started: 'muster.attempt.started',
} as const

/** Names of attributes; those that begin with `test.` are OpenTelemetry's own. */
export const attributeNames = {
  /** Id of the run; on every span. */
  run: 'muster.run.id',
  epoch: 'muster.run.epoch',
  resumed: 'muster.run.resumed',
  exit: 'muster.run.exit',
  exitCode: 'muster.run.exit_code',
  /** Tasks of the run. */
  tasks: 'muster.run.tasks',
  /** Id of the task; on tasks and attempts. */
  task: 'muster.task.id',
  /** Tasks and groups that it waited for. */
  dependsOn: 'muster.task.depends_on',
  verdict: 'muster.verdict',
  /** Number of the attempt, from 1. */
  n: 'muster.attempt.number',
  worker: 'muster.worker.id',
  /** How an attempt ended: its result, or `lost`. */
  result: 'muster.attempt.result',
  /** By the worker's own clock, in milliseconds. */
  durationMs: 'muster.attempt.duration_ms',
  lossCause: 'muster.attempt.loss_cause',
  category: 'muster.failure.category',
  fault: 'muster.failure.fault',
  fingerprint: 'muster.failure.fingerprint',
  delayMs: 'muster.retry.delay_ms',
  by: 'muster.by',
  because: 'muster.because',
  breaker: 'muster.breaker.key',
  breakerState: 'muster.breaker.state',
  text: 'muster.text',
  /** Test cases of the attempt by result. */
  casesPassed: 'muster.cases.passed',
  casesFailed: 'muster.cases.failed',
  casesSkipped: 'muster.cases.skipped',
  casesFlaky: 'muster.cases.flaky',
  suiteName: 'test.suite.name',
  suiteStatus: 'test.suite.run.status',
} as const

/** Names of instruments. */
export const metricNames = {
  /** Counter of verdicts, by `muster.verdict`. */
  tasks: 'muster.tasks',
  /** Counter of attempts that closed, by `muster.attempt.result`. */
  attempts: 'muster.attempts',
  /** Counter of retries. */
  retries: 'muster.retries',
  /** Histogram of attempt durations in seconds, by `muster.attempt.result`. */
  duration: 'muster.attempt.duration',
  /** Attempts that are open now; an up-down counter, so that runs of several processes add up. */
  running: 'muster.attempts.running',
  /** Counter of test cases, by `muster.attempt.result`. */
  cases: 'muster.cases',
} as const

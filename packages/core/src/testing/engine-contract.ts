// What every engine promises, one case a promise, tried on the real thing: real processes where it has any. It knows no test
// framework: a case throws where a promise is broken, and waits for signals, so a framework's own time limit ends a case
// whose signal never comes.
import { EngineTrial, type EngineSubject } from './engine-trial.ts'

/** One promise. */
export interface EngineContractCase {
  readonly name: string
  /** What the engine must have; without it the case throws. */
  readonly needs?: 'processes' | 'limits' | undefined
  /** Resolves where the promise is kept; rejects with a sentence where it is broken. */
  readonly run: (subject: EngineSubject) => Promise<void>
}

/** Long enough for a task that listens, short enough for one that does not. In milliseconds. */
const limitMs = 100

/**
 * The contract of the `Engine` port.
 *
 * @example
 * ```ts
 * for (const { name, needs, run } of engineContract) if (needs === undefined) test(name, () => run(subject))
 * ```
 */
export const engineContract: readonly EngineContractCase[] = [
  onTrial('attaching reports a worker with its kinds and slots, once', async (trial) => {
    const [joined, ...more] = trial.signals.filter(({ kind }) => kind === 'worker-joined')
    same(more.length, 0, 'the number of further workers')
    if (joined?.kind !== 'worker-joined') fail('a worker to join')
    same(joined.worker.engine, trial.engine.name, 'the engine of the worker')
    same(joined.worker.capacity['slots'], 2, 'the slots of the worker')
    const { kind } = trial.subject.task('any', { kind: 'pass' })
    if (!joined.worker.kinds.includes(kind)) fail(`kinds that include ${kind}, got ${show(joined.worker.kinds)}`)
  }),
  onTrial('a worker states its incarnation, and the next owner never hears of an earlier one', async (trial) => {
    const [first = Number.NaN] = trial.incarnations()
    if (!Number.isFinite(first)) fail('a worker that states its incarnation as a number')
    const attempt = trial.launch({ kind: 'wait' })
    await trial.started(attempt)
    const next = trial.successor()
    const [answer] = await next.attach(2, [{ attempt, worker: trial.workers()[0] ?? '' }])
    const [second = Number.NaN] = next.incarnations()
    if (!(second >= first)) fail(`an incarnation of ${first} or more, got ${second}`)
    if (answer?.kind === 'running') same(second, first, 'the incarnation of a worker whose attempt lives on')
  }),
  onTrial('a launched attempt starts, then ends with its outcome', async (trial) => {
    const attempt = trial.launch({ kind: 'pass', output: { answer: [42, 'ü', null] } })
    const outcome = await trial.outcome(attempt)
    same(outcome.result, 'passed', 'the result')
    same(outcome.output, { answer: [42, 'ü', null] }, 'the output')
    if (!(outcome.durationMs >= 0)) fail(`a duration of zero or more, got ${outcome.durationMs}`)
    same(kinds(trial.of(attempt)), ['attempt-started', 'attempt-ended'], 'the signals of the attempt')
  }),
  onTrial('a hundred attempts through two slots end once each', async (trial) => {
    const attempts = []
    for (let at = 0; at < 50; at += 1) {
      const pair = [trial.launch({ kind: 'pass', output: 2 * at }), trial.launch({ kind: 'pass', output: 2 * at + 1 })]
      attempts.push(...pair)
      for (const attempt of pair) await trial.over(attempt)
    }
    for (const [at, attempt] of attempts.entries()) {
      same(kinds(trial.of(attempt)), ['attempt-started', 'attempt-ended'], `the signals of attempt ${at}`)
      same((await trial.outcome(attempt)).output, at, `the output of attempt ${at}`)
    }
  }),
  onTrial('an attempt launched twice runs once', async (trial) => {
    const attempt = trial.nextAttempt()
    trial.launchAs(attempt, { kind: 'report', text: 'once' })
    trial.launchAs(attempt, { kind: 'report', text: 'once' })
    await trial.over(attempt)
    trial.launchAs(attempt, { kind: 'report', text: 'once' })
    // What comes after it in the same slots is a sign that nothing more comes of it.
    for (let at = 0; at < 4; at += 1) await trial.over(trial.launch({ kind: 'pass' }))
    same(kinds(trial.of(attempt)), ['attempt-started', 'attempt-ended'], 'the signals of the attempt')
    same(trial.news.filter(({ kind }) => kind === 'progress').length, 1, 'the number of times it ran')
  }),
  onTrial('what an executor throws is a failed outcome with a failure', async (trial) => {
    const outcome = await trial.outcome(trial.launch({ kind: 'fail', message: 'no such thing' }))
    same(outcome.result, 'failed', 'the result')
    same([outcome.failure?.category, outcome.failure?.message], ['exception', 'no such thing'], 'the failure')
    if (!outcome.failure?.fingerprint) fail('a fingerprint')
    same((await trial.outcome(trial.launch({ kind: 'pass' }))).result, 'passed', 'the result of the next attempt')
  }),
  onTrial('text, cases and progress are news while it runs and details when it ended', async (trial) => {
    const attempt = trial.launch({ kind: 'report', text: 'a line' })
    const ended = await trial.over(attempt)
    if (ended.kind !== 'attempt-ended') fail(`an end, got ${ended.kind}`)
    same(ended.details?.stdout, { head: 'a line', tail: '', omittedBytes: 0 }, 'the captured text')
    same(ended.details?.cases.length, 1, 'the number of cases')
    same(ended.outcome.cases, { passed: 1, failed: 0, skipped: 0, flaky: 0 }, 'the counted cases')
    same([...new Set(trial.news.map(({ kind }) => kind))].sort(), ['case', 'output', 'progress'], 'the kinds of news')
  }),
  onTrial('a cancelled attempt ends as cancelled, however often it is asked', async (trial) => {
    const attempt = trial.launch({ kind: 'wait' })
    await trial.started(attempt)
    for (let at = 0; at < 3; at += 1) trial.engine.cancel(attempt, 'no longer wanted')
    const outcome = await trial.outcome(attempt)
    same([outcome.result, outcome.failure?.category], ['cancelled', 'cancelled'], 'result and category')
    if (outcome.failure?.message.includes('no longer wanted') !== true) fail('a failure that says why it was cancelled')
    trial.engine.cancel(attempt, 'once more')
    same((await trial.outcome(trial.launch({ kind: 'pass' }))).result, 'passed', 'the result of the next attempt')
    same(kinds(trial.of(attempt)), ['attempt-started', 'attempt-ended'], 'the signals of the attempt')
  }),
  onTrial('cancelling what does not run does nothing', async (trial) => {
    trial.engine.cancel({ run: trial.run, task: 99, n: 1 }, 'nothing there')
    trial.engine.cancel({ run: 'nobody', task: 0, n: 1 }, 'nothing there')
    same((await trial.outcome(trial.launch({ kind: 'pass' }))).result, 'passed', 'the result')
  }),
  onTrial('an attempt that ignores its cancel ends all the same', async (trial) => {
    const attempt = trial.launch({ kind: 'ignore' })
    await trial.started(attempt)
    trial.engine.cancel(attempt, 'no longer wanted')
    same((await trial.outcome(attempt)).result, 'cancelled', 'the result')
  }),
  onTrial('an attempt that passes its time limit ends as timed-out', async (trial) => {
    for (const kind of ['wait', 'ignore'] as const) {
      const outcome = await trial.outcome(trial.launch({ kind }, limitMs))
      same([outcome.result, outcome.failure?.category], ['timed-out', 'timeout'], `result and category of ${kind}`)
    }
    const quick = await trial.outcome(trial.launch({ kind: 'pass' }, 60_000))
    same(quick.result, 'passed', 'the result of one within its limit')
  }),
  onTrial('more launches than it takes are refused, and the refused may come again', async (trial) => {
    const running = [trial.launch({ kind: 'wait' }), trial.launch({ kind: 'wait' })]
    for (const attempt of running) await trial.started(attempt)
    const ahead = Array.from({ length: trial.prefetch }, () => trial.launch({ kind: 'pass' }))
    const tooMuch = trial.launch({ kind: 'pass' })
    same((await trial.over(tooMuch)).kind, 'attempt-refused', 'what is told of the attempt beyond them')
    for (const attempt of running) trial.engine.cancel(attempt, 'make room')
    for (const attempt of [...running, ...ahead]) await trial.over(attempt)
    const again = { ...tooMuch, n: 2 }
    trial.launchAs(again, { kind: 'pass' })
    same((await trial.outcome(again)).result, 'passed', 'the result of the second try')
  }),
  onTrial(
    'what is launched ahead begins in its turn, and what has not begun is cancelled or recalled',
    async (trial) => {
      const running = [trial.launch({ kind: 'wait' }), trial.launch({ kind: 'wait' })]
      for (const attempt of running) await trial.started(attempt)
      const [first, second] = Array.from({ length: trial.prefetch }, () => trial.launch({ kind: 'pass' }))
      if (second !== undefined) {
        trial.engine.recall?.(second)
        same((await trial.over(second)).kind, 'attempt-refused', 'what is told of an attempt that was recalled')
        const again = trial.launch({ kind: 'pass' })
        trial.engine.cancel(again, 'nobody wants it')
        same((await trial.outcome(again)).result, 'cancelled', 'the result of one cancelled before it began')
      }
      for (const attempt of running) trial.engine.recall?.(attempt)
      for (const attempt of running) trial.engine.cancel(attempt, 'make room')
      for (const attempt of running)
        same(
          (await trial.outcome(attempt)).result,
          'cancelled',
          'the result of one that had begun when it was recalled',
        )
      if (first !== undefined) {
        same((await trial.outcome(first)).result, 'passed', 'the result of the attempt that waited')
        const began = trial.signals.findIndex((signal) => 'attempt' in signal && signal.attempt.task === first.task)
        const isOneOver = (signal: (typeof trial.signals)[number]): boolean =>
          signal.kind === 'attempt-ended' && running.some(({ task }) => task === signal.attempt.task)
        // What is told last of a slot may be told after its next attempt began, so one of the two is enough.
        const over = trial.signals.findIndex(isOneOver)
        same(over >= 0 && over <= began + 1, true, 'whether it waited until a slot was free')
      }
    },
  ),
  onTrial('a task of an unknown kind is refused', async (trial) => {
    const attempt = trial.nextAttempt()
    const task = { id: 'odd', kind: 'no such kind' }
    trial.engine.launch([{ attempt, worker: trial.workers()[0] ?? '', task, timeoutMs: undefined }])
    same((await trial.over(attempt)).kind, 'attempt-refused', 'what is told of it')
  }),
  onTrial('attaching again answers for each open attempt, and the old ones are heard of no more', async (trial) => {
    const running = trial.launch({ kind: 'wait' })
    const never = trial.nextAttempt()
    await trial.started(running)
    const worker = trial.workers()[0] ?? ''
    const next = trial.successor()
    const open = [running, never].map((attempt) => ({ attempt, worker }))
    const answers = await next.attach(2, open)
    same(
      answers.map(({ attempt }) => attempt.task),
      [running.task, never.task],
      'the attempts that were answered for',
    )
    for (const { attempt, kind } of answers) {
      if (kind === 'running') next.engine.cancel(attempt, 'only to see it end')
      if (kind === 'running') await next.over(attempt)
    }
    const heard = trial.signals.length
    same((await next.outcome(next.launch({ kind: 'pass' }))).result, 'passed', 'the result under the new owner')
    same(trial.signals.length, heard, 'the signals that the old owner got')
    for (const { attempt, kind } of answers)
      if (kind !== 'running') same(next.of(attempt), [], 'what is told of an attempt that was answered as gone')
  }),
  onTrial('two runs at once do not mix', async (trial) => {
    const other = new EngineTrial(trial.engine, trial.subject, `${trial.run}-other`)
    await other.attach()
    const one = trial.launch({ kind: 'wait' })
    await trial.started(one)
    const two = other.launch({ kind: 'pass', output: 'other' })
    same((await other.outcome(two)).output, 'other', 'the output of the other run')
    await trial.engine.detach(other.run)
    same(kinds(trial.of(one)), ['attempt-started'], 'the signals of the first run')
    trial.engine.cancel(one, 'enough')
    same((await trial.outcome(one)).result, 'cancelled', 'the result in the first run')
    if (trial.signals.some((signal) => 'attempt' in signal && signal.attempt.run !== trial.run))
      fail('own signals only')
  }),
  {
    name: 'what is warmed up serves its run, and ends with the engine where no run comes',
    run: async (subject) => {
      const engine = await subject.create()
      const warm = new EngineTrial(engine, subject, 'contract-warm')
      const idle = new EngineTrial(engine, subject, 'contract-idle')
      for (const { run } of [warm, idle]) engine.warmUp?.({ run, root: subject.root, attempts: 1 })
      try {
        await warm.attach()
        same((await warm.outcome(warm.launch({ kind: 'pass' }))).result, 'passed', 'the result of the first attempt')
      } finally {
        await engine.close()
      }
      for (const { run } of [warm, idle])
        same(subject.processes?.ofRun(run) ?? [], [], `the processes of ${run} after the engine was closed`)
    },
  },
  onTrial('detaching ends what runs and tells nothing more', async (trial) => {
    for (const kind of ['wait', 'ignore'] as const) await trial.started(trial.launch({ kind }))
    const told = trial.engine.detach(trial.run)
    const heard = trial.signals.length
    await told
    same(trial.signals.length, heard, 'the signals after detach was asked for')
    trial.launch({ kind: 'pass' })
    await trial.engine.detach(trial.run)
    await trial.engine.detach('nobody')
    same(trial.signals.length, heard, 'the signals after detach')
  }),
  withProcesses('a process that crashes is a failed attempt, and the slot goes on', async (trial) => {
    for (let at = 0; at < 2; at += 1) {
      const outcome = await trial.outcome(trial.launch({ kind: 'crash' }))
      same([outcome.result, outcome.failure?.category], ['failed', 'process-crash'], 'result and category')
    }
    same((await trial.outcome(trial.launch({ kind: 'pass' }))).result, 'passed', 'the result of the next attempt')
  }),
  withProcesses('an endless loop is ended by its time limit, and by a cancel', async (trial) => {
    same((await trial.outcome(trial.launch({ kind: 'loop' }, limitMs))).result, 'timed-out', 'the result')
    const attempt = trial.launch({ kind: 'loop' })
    await trial.started(attempt)
    trial.engine.cancel(attempt, 'enough')
    same((await trial.outcome(attempt)).result, 'cancelled', 'the result of the cancelled one')
  }),
  withLimits(
    'an attempt that passes a limit fails for that, not for the crash that its end looks like',
    async (trial, { ofLoop }) => {
      const { result, failure } = await trial.outcome(trial.launch({ kind: 'loop' }, undefined, ofLoop))
      same([result, failure?.category], ['failed', 'resource'], 'result and category')
      same([failure?.fault, failure?.transient], ['test', false], 'whose fault it is and whether it may pass')
      same((await trial.outcome(trial.launch({ kind: 'pass' }))).result, 'passed', 'the result of the next attempt')
    },
  ),
  withProcesses('no process of an attempt outlives it', async (trial, { isAlive }) => {
    const outcome = await trial.outcome(trial.launch({ kind: 'leave' }))
    if (typeof outcome.output !== 'number') fail(`a process id, got ${show(outcome.output)}`)
    same(isAlive(outcome.output), false, 'whether the process lives')
  }),
  withProcesses('after detach no process of the run lives', async (trial, { ofRun }) => {
    await trial.over(trial.launch({ kind: 'pass' }))
    if (ofRun(trial.run).length === 0) fail('processes while the run is served')
    for (const kind of ['loop', 'ignore'] as const) await trial.started(trial.launch({ kind }))
    await trial.engine.detach(trial.run)
    same(ofRun(trial.run), [], 'the processes of the run')
  }),
  withProcesses('attaching again leaves no process of the former owner', async (trial, { ofRun }) => {
    const attempt = trial.launch({ kind: 'loop' })
    await trial.started(attempt)
    const before = ofRun(trial.run)
    const next = trial.successor()
    await next.attach(2, [])
    const after = new Set(ofRun(trial.run))
    same(
      before.filter((pid) => after.has(pid)),
      [],
      'the former processes that live',
    )
  }),
]

/** A case for an engine that holds what attempts may use. */
function withLimits(
  name: string,
  run: (trial: EngineTrial, limits: NonNullable<EngineSubject['limits']>) => Promise<void>,
): EngineContractCase {
  return {
    name,
    needs: 'limits',
    run: (subject) =>
      withTrial(subject, (trial) => {
        if (subject.limits === undefined) fail('an engine that holds limits; leave this case out where there are none')
        return run(trial, subject.limits)
      }),
  }
}

/** A case with an engine that serves one run; it is closed whatever happens. */
function onTrial(name: string, run: (trial: EngineTrial) => Promise<void>): EngineContractCase {
  return { name, run: (subject) => withTrial(subject, run) }
}

function withProcesses(
  name: string,
  run: (trial: EngineTrial, processes: NonNullable<EngineSubject['processes']>) => Promise<void>,
): EngineContractCase {
  return {
    name,
    needs: 'processes',
    run: (subject) =>
      withTrial(subject, (trial) => {
        if (subject.processes === undefined) fail('an engine with processes; leave this case out where there are none')
        return run(trial, subject.processes)
      }),
  }
}

async function withTrial(subject: EngineSubject, run: (trial: EngineTrial) => Promise<void>): Promise<void> {
  const engine = await subject.create()
  const trial = new EngineTrial(engine, subject, 'contract')
  try {
    await trial.attach()
    await run(trial)
  } finally {
    await engine.close()
  }
  await engine.close()
  same(subject.processes?.ofRun(trial.run) ?? [], [], 'the processes of the run after close')
}

function kinds(signals: readonly { readonly kind: string }[]): readonly string[] {
  return signals.map(({ kind }) => kind)
}

function same(got: unknown, expected: unknown, what: string): void {
  if (show(got) !== show(expected)) fail(`${what} to be ${show(expected)}, got ${show(got)}`)
}

function show(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value)
}

function fail(expected: string): never {
  throw new Error(`Expected ${expected}.`)
}

// A contract that no faulty engine breaks proves nothing: each fault planted here must be caught by at least one promise.
import { expect, test } from 'vitest'
import type { AttachAnswer, Engine, EngineContext, LaunchCommand } from '../ports/engine.ts'
import { defineExecutor } from '../run/define-executor.ts'
import type { AttemptSignal, WorkerSignal } from '../run/signal.ts'
import { inProcessEngine } from '../shell/in-process-engine.ts'
import { engineContract } from './engine-contract.ts'
import type { EngineSubject, TrialTask } from './engine-trial.ts'

type Signal = AttemptSignal | WorkerSignal
type Deliver = (signal: Signal) => void
type Wrap = (engine: Engine) => Engine

const scripted = defineExecutor<TrialTask>('scripted', (task, context) => {
  const does = task.payload
  if (does.kind === 'pass') return does.output
  if (does.kind === 'fail') throw new Error(does.message)
  if (does.kind === 'report') {
    context.caseEnded({ path: ['case'], result: 'passed', durationMs: 1 })
    context.progress(0.5)
    context.log(does.text)
    return undefined
  }
  return new Promise((_, reject) => {
    if (does.kind !== 'wait') return
    context.signal.addEventListener('abort', () => {
      reject(new Error('aborted'))
    })
  })
})

/** Replaces some methods of an engine. */
function changed(engine: Engine, change: Partial<Engine>): Engine {
  return {
    name: engine.name,
    attach: (context, open) => engine.attach(context, open),
    launch: (commands) => {
      engine.launch(commands)
    },
    cancel: (attempt, because) => {
      engine.cancel(attempt, because)
    },
    detach: (run) => engine.detach(run),
    close: () => engine.close(),
    ...change,
  }
}

/** Replaces what an engine tells its run. */
function telling(change: (signal: Signal, deliver: Deliver) => void): Wrap {
  return (engine) =>
    changed(engine, {
      attach: (context, open) =>
        engine.attach(
          {
            ...withMethods(context),
            deliver: (signal) => {
              change(signal, (other) => {
                context.deliver(other)
              })
            },
          },
          open,
        ),
    })
}

function withMethods(context: EngineContext): EngineContext {
  return {
    run: context.run,
    epoch: context.epoch,
    root: context.root,
    deliver: (signal, acknowledge) => {
      context.deliver(signal, acknowledge)
    },
    news: (news) => {
      context.news(news)
    },
    warn: (message) => {
      context.warn(message)
    },
  }
}

function answering(change: (answers: readonly AttachAnswer[]) => readonly AttachAnswer[]): Wrap {
  return (engine) => changed(engine, { attach: async (context, open) => change(await engine.attach(context, open)) })
}

function launching(change: (command: LaunchCommand) => readonly LaunchCommand[]): Wrap {
  return (engine) =>
    changed(engine, {
      launch: (commands) => {
        engine.launch(commands.flatMap(change))
      },
    })
}

let renumbered = 1000

const faults: Readonly<Record<string, Wrap>> = {
  'tells every end twice': telling((signal, deliver) => {
    deliver(signal)
    if (signal.kind === 'attempt-ended') deliver(signal)
  }),
  'never tells of a start': telling((signal, deliver) => {
    if (signal.kind !== 'attempt-started') deliver(signal)
    else deliver({ ...signal, kind: 'attempt-started', attempt: { ...signal.attempt, run: 'contract-x' } })
  }),
  'joins twice': telling((signal, deliver) => {
    deliver(signal)
    if (signal.kind === 'worker-joined') deliver(signal)
  }),
  'states no incarnation': telling((signal, deliver) => {
    deliver(signal.kind === 'worker-joined' ? { ...signal, incarnation: undefined } : signal)
  }),
  'counts its incarnations down': telling((signal, deliver) => {
    deliver(signal.kind === 'worker-joined' ? { ...signal, incarnation: 10 - (signal.incarnation ?? 0) } : signal)
  }),
  'forgets what kinds it has': telling((signal, deliver) => {
    deliver(signal.kind === 'worker-joined' ? { ...signal, worker: { ...signal.worker, kinds: [] } } : signal)
  }),
  'calls a failure a pass': telling((signal, deliver) => {
    const isFailed = signal.kind === 'attempt-ended' && signal.outcome.result === 'failed'
    deliver(isFailed ? { ...signal, outcome: { ...signal.outcome, result: 'passed' } } : signal)
  }),
  'calls a cancel a failure': telling((signal, deliver) => {
    const isCancelled = signal.kind === 'attempt-ended' && signal.outcome.result === 'cancelled'
    deliver(isCancelled ? { ...signal, outcome: { ...signal.outcome, result: 'failed' } } : signal)
  }),
  'calls a time-out a failure': telling((signal, deliver) => {
    const isLate = signal.kind === 'attempt-ended' && signal.outcome.result === 'timed-out'
    deliver(isLate ? { ...signal, outcome: { ...signal.outcome, result: 'failed' } } : signal)
  }),
  'loses the output': telling((signal, deliver) => {
    deliver(signal.kind === 'attempt-ended' ? { ...signal, outcome: { ...signal.outcome, output: undefined } } : signal)
  }),
  'loses the details': telling((signal, deliver) => {
    deliver(signal.kind === 'attempt-ended' ? { ...signal, details: undefined } : signal)
  }),
  'tells a refusal as a loss': telling((signal, deliver) => {
    const { kind } = signal
    deliver(kind === 'attempt-refused' ? { kind: 'attempt-lost', attempt: signal.attempt, cause: 'refused' } : signal)
  }),
  'mixes the runs up': telling((signal, deliver) => {
    deliver('attempt' in signal ? { ...signal, attempt: { ...signal.attempt, run: 'contract' } } : signal)
  }),
  'refuses what it said it takes ahead': telling((signal, deliver) => {
    deliver(signal.kind === 'worker-joined' ? { ...signal, worker: { ...signal.worker, prefetch: 2 } } : signal)
  }),
  'answers for nothing': answering(() => []),
  'answers for the first only': answering((answers) => answers.slice(0, 1)),
  'runs a doubled launch twice': (engine) => {
    const seen = new Set<number>()
    return launching((command) => {
      const { task } = command.attempt
      if (!seen.has(task)) {
        seen.add(task)
        return [command]
      }
      return [{ ...command, attempt: { ...command.attempt, task: (renumbered += 1) } }]
    })(engine)
  },
  'has no news': (engine) =>
    changed(engine, {
      attach: (context, open) => engine.attach({ ...withMethods(context), news: () => undefined }, open),
    }),
  'goes on telling after detach': (engine) => {
    let told: EngineContext | undefined
    return changed(engine, {
      attach: (context, open) => {
        told = context
        return engine.attach(context, open)
      },
      detach: async (run) => {
        await engine.detach(run)
        told?.deliver({ kind: 'worker-draining', worker: 'in-process' })
      },
    })
  },
}

function subjectOf(wrap: Wrap): EngineSubject {
  return {
    create: () => wrap(inProcessEngine({ executors: [scripted], slots: 2, graceMs: 5 })),
    task: (id, does) => scripted.task({ id, payload: does }),
    root: '/',
  }
}

const able = engineContract.filter(({ needs }) => needs === undefined)

test('the engine itself keeps every promise', async () => {
  for (const { run } of able) await run(subjectOf((engine) => engine))
})

test.each(Object.keys(faults))('an engine that %s is caught', async (name) => {
  const subject = subjectOf(faults[name] ?? ((engine) => engine))
  const broken: string[] = []
  for (const { name: promise, run } of able) {
    if (broken.length === 0 && !(await keeps(run(subject)))) broken.push(promise)
  }
  expect(broken).toHaveLength(1)
})

/** Whether a promise is kept. A signal that never comes is left to the time limit of a test framework: here to this one. */
function keeps(run: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 2000, false)
    run
      .then(
        () => true,
        () => false,
      )
      .then(resolve, resolve)
      .finally(() => {
        clearTimeout(timer)
      })
  })
}

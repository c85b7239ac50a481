// Runs one file of node:test in a process of its own and follows its events while they happen. Loaded by the process that
// carries out attempts; it keeps nothing between them.
import { resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { AttemptResult, ExecutableTask, ExecutionContext, Executor, LostProcess } from '@muster/core'
import { runProcess } from '@muster/core/process'
import { AttemptTrace } from '../../outcome/shell/attempt-trace.ts'
import { endingGraceMs, Overtime, overtimeMs } from '../../outcome/shell/overtime.ts'
import { stopOf } from '../../outcome/stop.ts'
import { TextTail } from '../../outcome/text-tail.ts'
import { moduleOf } from '../../package/shell/module-of.ts'
import { FileRounds, type RoundEnding } from '../file-rounds.ts'
import { replayRounds, type TracedEnding } from '../replay-rounds.ts'
import type { NodeTestPayload, NodeTestSetup } from '../node-payload.ts'
import { readNodeEvent } from '../read-node-event.ts'

/** What `node --test` sets for its files: without it a file that holds `only` would quietly leave the rest out. */
const asUnderNodeTest = { NODE_TEST_CONTEXT: 'muster', NODE_TEST_WORKER_ID: '1' } as const

/** The executor of node:test files. */
export function createExecutor(setup: NodeTestSetup): Executor<NodeTestPayload> {
  return {
    kind: setup.kind,
    overtimeMs,
    execute: (task, context) => execute(setup, task, context),
    takeUp: (task, context, lost) => execute(setup, task, context, lost),
  }
}

/** Runs the file from its beginning, or where `lost` ended. */
async function execute(
  setup: NodeTestSetup,
  { payload: { file }, cases }: ExecutableTask<NodeTestPayload>,
  context: ExecutionContext,
  lost?: LostProcess,
): Promise<AttemptResult> {
  const rounds = new FileRounds(file, (one) => context.caseEnded({ ...one, file }), {
    scope: cases,
    // Patterns of the user's own would run more than was asked for.
    choosesTests: setup.argv.some((flag) => flag.startsWith('--test-name-pattern')),
  })
  const { root, env, log, leaked } = context
  using overtime = new Overtime(context.signal)
  using trace = lost === undefined ? AttemptTrace.open() : AttemptTrace.left(lost.remembered)
  if (lost === undefined && trace !== undefined) context.remember({ trace: trace.path })
  if (lost !== undefined) {
    const outcome = replayRounds(rounds, trace?.lines() ?? [], lost)
    if (outcome !== undefined) return { outcome }
    trace?.add({ kind: 'lost', failure: lost.failure, result: lost.result })
  }
  for (;;) {
    const { signal } = overtime
    const ended = await runRound(setup, file, rounds, { root, env, log, signal, leaked, trace: trace?.path })
    const stop = stopOf(signal)
    const outcome = rounds.end({ ...ended, atMs: performance.now(), stop, isLast: overtime.isOver })
    if (outcome !== undefined) return { outcome }
    trace?.add({ kind: 'ended', ...ended, stop } satisfies TracedEnding)
  }
}

type RoundContext = Pick<ExecutionContext, 'root' | 'env' | 'signal' | 'log' | 'leaked'> & {
  readonly trace: string | undefined
}

async function runRound(
  setup: NodeTestSetup,
  file: string,
  rounds: FileRounds,
  context: RoundContext,
): Promise<Pick<RoundEnding, 'ending' | 'stderrTail'>> {
  const stderr = new TextTail()
  const ending = await runProcess({
    argv: argvOf(setup, rounds.flags, resolve(context.root, file)),
    cwd: resolve(context.root, setup.cwd),
    env: {
      ...context.env,
      ...setup.env,
      ...asUnderNodeTest,
      MUSTER_NODE_TEST_CHANNEL: '3',
      ...(context.trace === undefined ? {} : { MUSTER_NODE_TEST_TRACE: context.trace }),
    },
    signal: context.signal,
    graceMs: endingGraceMs,
    onLeft: context.leaked,
    onOutput: (stream, text) => {
      context.log(text, stream)
      if (stream === 'stderr') stderr.add(text)
    },
    extraFd: (line) => {
      const event = readNodeEvent(line)
      if (event !== undefined) rounds.add(event, performance.now())
    },
  })
  return { ending, stderrTail: stderr.text }
}

function argvOf({ argv, only }: NodeTestSetup, flags: readonly string[], path: string): readonly string[] {
  const reporter = moduleOf(import.meta.url, 'node/shell/reporter')
  const reporting = [`--import=${reporter}`, `--test-reporter=${reporter}`, '--test-reporter-destination=stdout']
  return [process.execPath, ...argv, ...(only ? ['--test-only'] : []), ...reporting, ...flags, path]
}

export type { NodeTestPayload, NodeTestSetup } from '../node-payload.ts'

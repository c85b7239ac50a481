// Runs one file of node:test in a process of its own and follows its events while they happen. Loaded by the process that
// carries out attempts; it keeps nothing between them.
import { resolve } from 'node:path'
import type { AttemptResult, CaseResult, ExecutableTask, ExecutionContext, Executor } from '@muster/core'
import { runProcess } from '@muster/core/process'
import { stopOf } from '../../outcome/stop.ts'
import { TextTail } from '../../outcome/text-tail.ts'
import { moduleOf } from '../../package/shell/module-of.ts'
import { judgeFile } from '../judge-file.ts'
import type { NodeTestPayload, NodeTestSetup } from '../node-payload.ts'
import { readNodeEvent } from '../read-node-event.ts'
import { TestTree } from '../test-tree.ts'

/** What `node --test` sets for its files: without it a file that holds `only` would quietly leave the rest out. */
const asUnderNodeTest = { NODE_TEST_CONTEXT: 'muster', NODE_TEST_WORKER_ID: '1' } as const

/** The executor of node:test files. */
export function createExecutor(setup: NodeTestSetup): Executor<NodeTestPayload> {
  return { kind: setup.kind, execute: (task, context) => execute(setup, task, context) }
}

async function execute(
  setup: NodeTestSetup,
  { payload: { file } }: ExecutableTask<NodeTestPayload>,
  context: ExecutionContext,
): Promise<AttemptResult> {
  const tree = new TestTree()
  const cases: CaseResult[] = []
  const stderr = new TextTail()
  const report = (one: CaseResult): void => context.caseEnded({ ...one, file })
  const ending = await runProcess({
    argv: argvOf(setup, resolve(context.root, file)),
    cwd: resolve(context.root, setup.cwd),
    env: { ...context.env, ...setup.env, ...asUnderNodeTest, MUSTER_NODE_TEST_CHANNEL: '3' },
    signal: context.signal,
    onOutput: (stream, text) => {
      context.log(text, stream)
      if (stream === 'stderr') stderr.add(text)
    },
    extraFd: (line) => {
      const event = readNodeEvent(line)
      const ended = event === undefined ? undefined : tree.add(event)
      if (ended === undefined) return
      cases.push(ended)
      report(ended)
    },
  })
  const stop = stopOf(context.signal)
  const { outcome, missing } = judgeFile({ file, ending, stderrTail: stderr.text, tree, cases, stop })
  missing.forEach(report)
  return { outcome }
}

function argvOf({ argv, only }: NodeTestSetup, path: string): readonly string[] {
  const reporter = moduleOf(import.meta.url, 'node/shell/reporter')
  const reporting = [`--import=${reporter}`, `--test-reporter=${reporter}`, '--test-reporter-destination=stdout']
  return [process.execPath, ...argv, ...(only ? ['--test-only'] : []), ...reporting, path]
}

export type { NodeTestPayload, NodeTestSetup } from '../node-payload.ts'

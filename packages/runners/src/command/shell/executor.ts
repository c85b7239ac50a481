// Runs one command for one attempt, and then, where it broke off, the cases it still owes one by one. Loaded by the process
// that carries out attempts.
import { resolve } from 'node:path'
import type { AttemptResult, CaseResult, ExecutableTask, ExecutionContext, Executor } from '@muster/core'
import { relativeFile } from '../../files/shell/relative-file.ts'
import { Overtime, overtimeMs } from '../../outcome/shell/overtime.ts'
import { placeholdersOf, type CommandPayload } from '../command-payload.ts'
import { brokeOff, casesIn, judgeCommand } from '../judge-command.ts'
import { judgeRest } from '../judge-rest.ts'
import { runCommand, type CommandLine } from './run-command.ts'
import { runRest } from './run-rest.ts'

/** The executor of command tasks. */
export function createExecutor(options: { readonly kind: string }): Executor<CommandPayload> {
  return { kind: options.kind, overtimeMs, execute }
}

async function execute(task: ExecutableTask<CommandPayload>, context: ExecutionContext): Promise<AttemptResult> {
  const { payload } = task
  const cwd = resolve(context.root, payload.cwd)
  const file = task.file === undefined ? '' : relativeFile(cwd, resolve(context.root, task.file))
  const { env, log, signal, leaked } = context
  const line: CommandLine = {
    argv: payload.argv,
    payload,
    values: placeholdersOf(task, context.n, file),
    cwd,
    context: { env, log, signal, leaked },
  }
  const tell = (one: CaseResult): void => context.caseEnded(withFile(one, task.file))
  using overtime = new Overtime(signal)
  const whole = await runCommand(line)
  casesIn(whole).forEach(tell)
  const outcome = judgeCommand(whole)
  const { cases } = payload
  if (cases === undefined || !brokeOff(whole)) return { outcome }
  return { outcome: judgeRest(outcome, await runRest({ line, cases, whole, overtime, tell })) }
}

function withFile(one: CaseResult, file: string | undefined): CaseResult {
  return one.file === undefined && file !== undefined ? { ...one, file } : one
}

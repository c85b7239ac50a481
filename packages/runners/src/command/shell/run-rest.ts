// Runs the cases that a command owes when it broke off: it is asked for the names of all, and each that has no result is run
// alone. So a case that ends its process takes only itself, and is named by what it does when nobody else is there.
import type { CaseResult } from '@muster/core'
import { runProcess } from '@muster/core/process'
import { endingGraceMs, type Overtime } from '../../outcome/shell/overtime.ts'
import { caseOfRun, notRun, owedCases, type RestOfCases, suspectOf } from '../judge-rest.ts'
import { fillIn } from '../command-payload.ts'
import type { CommandCases } from '../command-options.ts'
import type { EndedCommand } from '../judge-command.ts'
import { runCommand, type CommandLine } from './run-command.ts'

/** A command that broke off. */
export interface BrokenCommand {
  readonly line: CommandLine
  readonly cases: CommandCases
  readonly whole: EndedCommand
  readonly overtime: Overtime
  readonly tell: (one: CaseResult) => void
}

/** Runs what is owed, as long as there is time. */
export async function runRest(broken: BrokenCommand): Promise<RestOfCases> {
  const { whole, overtime } = broken
  if (overtime.isOver) return { kind: 'unknown', why: 'no time was left to run the rest' }
  const names = await listCases(broken)
  if (typeof names === 'string') return { kind: 'unknown', why: `its cases could not be listed: ${names}` }
  const owed = owedCases(names, whole)
  const suspect = suspectOf(owed, whole)
  const cases: CaseResult[] = []
  for (const name of owed) {
    const one = name === suspect?.path[0] ? suspect : await runOne(broken, name)
    broken.tell(one)
    cases.push(one)
  }
  return { kind: 'run', cases }
}

async function runOne({ line, cases, overtime }: BrokenCommand, name: string): Promise<CaseResult> {
  if (overtime.isOver) return notRun(name)
  const { context, values } = line
  const ended = await runCommand({
    ...line,
    argv: cases.run,
    values: { ...values, case: name },
    context: { ...context, signal: overtime.signal },
  })
  return caseOfRun(name, ended)
}

/** The names of all cases, or why there are none. */
async function listCases({ line, cases, overtime }: BrokenCommand): Promise<readonly string[] | string> {
  const printed: string[] = []
  const ending = await runProcess({
    argv: cases.list.map((word) => fillIn(word, line.values)),
    cwd: line.cwd,
    env: line.context.env,
    signal: overtime.signal,
    graceMs: endingGraceMs,
    onOutput: (stream, text) => {
      if (stream === 'stdout') printed.push(text)
    },
  })
  if (ending.kind === 'not-started') return ending.error.message
  if (ending.kind === 'signalled') return `ended by ${ending.signal}`
  if (ending.code !== 0) return `exit code ${ending.code}`
  const names = printed
    .join('')
    .split(/\r?\n/)
    .map((name) => name.trim())
  return names.filter((name) => name !== '')
}

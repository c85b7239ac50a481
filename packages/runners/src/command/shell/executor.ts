// Runs one command for one attempt, and reads what it reported. Loaded by the process that carries out attempts.
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AttemptResult, CaseResult, ExecutableTask, ExecutionContext, Executor } from '@muster/core'
import { runProcess } from '@muster/core/process'
import { type ReadCases, readResults, readTap } from '@muster/reports'
import { relativeFile } from '../../files/shell/relative-file.ts'
import { stopOf } from '../../outcome/stop.ts'
import { TextTail } from '../../outcome/text-tail.ts'
import { fillIn, placeholdersOf, type CommandPayload } from '../command-payload.ts'
import { judgeCommand, type Reported } from '../judge-command.ts'

/** The executor of command tasks. */
export function createExecutor(options: { readonly kind: string }): Executor<CommandPayload> {
  return { kind: options.kind, execute }
}

async function execute(task: ExecutableTask<CommandPayload>, context: ExecutionContext): Promise<AttemptResult> {
  const { payload } = task
  const cwd = resolve(context.root, payload.cwd)
  const file = task.file === undefined ? '' : relativeFile(cwd, resolve(context.root, task.file))
  const values = placeholdersOf(task, context.n, file)
  const argv = payload.argv.map((word) => fillIn(word, values))
  const results = resultsOf(payload, cwd, (text) => fillIn(text, values))
  const before = results?.kind === 'file' ? stampOf(results.path) : undefined
  const printed: string[] = []
  const stderr = new TextTail()
  const ending = await runProcess({
    argv,
    cwd,
    env: { ...context.env, ...filled(payload.env, (text) => fillIn(text, values)) },
    signal: context.signal,
    onOutput: (stream, text) => {
      context.log(text, stream)
      if (stream === 'stderr') stderr.add(text)
      else if (results?.kind === 'printed') printed.push(text)
    },
  })
  const reported = await readReported(results, before, printed)
  if (reported.kind === 'read') reported.cases.forEach((one) => context.caseEnded(withFile(one, task.file)))
  const facts = { program: argv[0] ?? '', ending, stderrTail: stderr.text, reported, stop: stopOf(context.signal) }
  return { outcome: judgeCommand(facts) }
}

type Results = { readonly kind: 'file'; readonly name: string; readonly path: string } | { readonly kind: 'printed' }

function resultsOf({ results }: CommandPayload, cwd: string, fill: (text: string) => string): Results | undefined {
  if (results === undefined) return undefined
  if ('printed' in results) return { kind: 'printed' }
  const name = fill(results.file)
  return { kind: 'file', name, path: resolve(cwd, name) }
}

async function readReported(
  results: Results | undefined,
  before: string | undefined,
  printed: readonly string[],
): Promise<Reported> {
  if (results === undefined) return { kind: 'none' }
  if (results.kind === 'printed') return reportedBy(readTap, printed.join(''), 'the TAP that it printed')
  const after = stampOf(results.path)
  if (after === undefined) {
    return { kind: 'broken', why: `its results file ${results.name} is missing`, evidence: 'results file missing' }
  }
  if (after === before) {
    const why = `its results file ${results.name} is from before the attempt`
    return { kind: 'broken', why, evidence: 'results file stale' }
  }
  try {
    return reportedBy(readResults, await readFile(results.path, 'utf8'), results.name)
  } catch (error) {
    return unreadable(results.name, error)
  }
}

function reportedBy(
  read: (text: string, options: { readonly source: string }) => ReadCases,
  text: string,
  source: string,
): Reported {
  try {
    const { cases, isComplete, warnings } = read(text, { source })
    const gap = warnings.find(({ kind }) => kind === 'truncated' || kind === 'missing')
    const incomplete = isComplete ? undefined : (gap?.message ?? 'something is missing')
    return { kind: 'read', cases, from: source, incomplete }
  } catch (error) {
    return unreadable(source, error)
  }
}

function unreadable(source: string, error: unknown): Reported {
  const said = error instanceof Error ? error.message : String(error)
  return { kind: 'broken', why: `${source} cannot be read: ${said}`, evidence: 'results unreadable' }
}

/** What tells a file that was written again from one that was left alone, however coarse the clock of the disk is. */
function stampOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? undefined : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`
}

function filled(env: Readonly<Record<string, string>>, fill: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
}

function withFile(one: CaseResult, file: string | undefined): CaseResult {
  return one.file === undefined && file !== undefined ? { ...one, file } : one
}

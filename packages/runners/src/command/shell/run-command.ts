// Runs one command line of a command task and reads what it reported: the task as a whole, or one of its cases.
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ExecutionContext } from '@muster/core'
import { runProcess } from '@muster/core/process'
import { type ReadCases, readResults, readTap } from '@muster/reports'
import { endingGraceMs } from '../../outcome/shell/overtime.ts'
import { stopOf } from '../../outcome/stop.ts'
import { TextTail } from '../../outcome/text-tail.ts'
import { type CommandPayload, fillIn, type Placeholders } from '../command-payload.ts'
import type { EndedCommand, Reported } from '../judge-command.ts'

/** What a command line needs to run. */
export interface CommandLine {
  readonly argv: readonly string[]
  readonly payload: CommandPayload
  readonly values: Placeholders
  /** Working folder, absolute. */
  readonly cwd: string
  readonly context: Pick<ExecutionContext, 'env' | 'signal' | 'log' | 'leaked'>
}

/** Runs a command line to its end. */
export async function runCommand({ argv, payload, values, cwd, context }: CommandLine): Promise<EndedCommand> {
  const fill = (text: string): string => fillIn(text, values)
  const words = argv.map(fill)
  const results = resultsOf(payload, cwd, fill)
  const before = results?.kind === 'file' ? stampOf(results.path) : undefined
  const printed: string[] = []
  const stderr = new TextTail()
  const stdout = new TextTail()
  const ending = await runProcess({
    argv: words,
    cwd,
    env: { ...context.env, ...filled(payload.env, fill) },
    signal: context.signal,
    graceMs: endingGraceMs,
    onLeft: context.leaked,
    onOutput: (stream, text) => {
      context.log(text, stream)
      if (stream === 'stderr') stderr.add(text)
      else stdout.add(text)
      if (stream !== 'stderr' && results?.kind === 'printed') printed.push(text)
    },
  })
  const reported = await readReported(results, before, printed)
  return {
    program: words[0] ?? '',
    ending,
    stderrTail: stderr.text,
    stdoutTail: stdout.text,
    reported,
    isLive: results?.kind === 'printed',
    stop: stopOf(context.signal),
  }
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

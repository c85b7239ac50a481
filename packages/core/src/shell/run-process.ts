// Starts one command for an attempt, in a process group of its own, so that ending it ends what it started in that group.
// It never uses a shell and never rejects: how the command ended, or that it could not start, is a value.
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Leaks } from '../model/outcome.ts'
import { namesOf } from './leaks.ts'
import { listGroup } from './list-group.ts'
import { closePipes, openPipes } from './open-pipe.ts'
import { startTimer, stopTimer } from './own-timers.ts'
import { readLines } from './read-lines.ts'
import { signalGroup } from './signal-group.ts'

/** What to start and whom to tell. */
export interface RunProcessOptions {
  /** Program and arguments; the program is looked up in `PATH` of `env`. */
  readonly argv: readonly string[]
  /** Working folder, absolute. */
  readonly cwd: string
  /** The whole environment; give it `context.env`, which carries the attempt's marker. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the command: `SIGTERM` to its group, `SIGKILL` after the grace. */
  readonly signal?: AbortSignal | undefined
  /** Is told of text as it is printed; bytes that are not UTF-8 arrive as U+FFFD. */
  readonly onOutput?: ((stream: 'stdout' | 'stderr', text: string) => void) | undefined
  /** Opens file descriptor 3 for the command and is told of each line written there. Lines over 16 MiB are left out. */
  readonly extraFd?: ((line: string) => void) | undefined
  /** Time from `SIGTERM` to `SIGKILL`, in milliseconds. @defaultValue `2000` */
  readonly graceMs?: number | undefined
  /** Text for the standard input, which is closed after it. @defaultValue nothing */
  readonly input?: string | undefined
  /** Is told which processes of its group the command left running; they are killed right after. */
  readonly onLeft?: ((leaks: Leaks) => void) | undefined
  /** Is told the process id, which is also the id of the process group. */
  readonly onStarted?: ((pid: number) => void) | undefined
}

/** How a command ended. */
export type ProcessEnding =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: NodeJS.Signals }
  /** Nothing ran: no such program, not allowed, no such folder, or aborted before the start. */
  | { readonly kind: 'not-started'; readonly error: Error }

/** After a command ended, how long something that escaped its group may hold its output open. */
const drainMs = 500
/** How long the rest of its group may take to end after it: helpers that notice by a closed pipe need a moment. */
const tidyMs = 100

/**
 * Runs a command and resolves when it has ended and its output has been handed over. What is left of its process group
 * then is killed.
 *
 * @example
 * ```ts
 * const ending = await runProcess({
 *   argv: [process.execPath, '--version'], cwd: context.root, env: context.env, signal: context.signal,
 *   onOutput: (stream, text) => context.log(text, stream),
 * })
 * if (ending.kind === 'exited') console.log(ending.code) // 0
 * ```
 */
export function runProcess(options: RunProcessOptions): Promise<ProcessEnding> {
  const [program, ...given] = options.argv
  if (program === undefined) return notStarted(new Error('Expected a program to run, got an empty argv.'))
  if (options.signal?.aborted === true) return notStarted(abortedBeforeStart(options.signal))
  if (!isFolder(options.cwd)) return notStarted(noFolder(options.cwd))
  // Who reports over a channel of its own loses nothing that counts, and is spared the milliseconds that pipes cost.
  const pipes = options.extraFd === undefined ? openPipes(2) : undefined
  const [out, err] = pipes ?? []
  let child: ChildProcess
  try {
    const printing = [out?.writeFd ?? 'pipe', err?.writeFd ?? 'pipe'] as const
    child = spawn(program, given, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', ...printing, ...extraPipe(options)],
    })
  } catch (error) {
    closePipes(pipes ?? [])
    return notStarted(error instanceof Error ? error : new Error(String(error)))
  }
  for (const { writeFd } of pipes ?? []) closeSync(writeFd)
  const stdout = out?.reader ?? child.stdout
  const stderr = err?.reader ?? child.stderr
  return follow({ child, stdout, stderr }, options)
}

/** A command that was started, and what it prints to. */
interface Started {
  readonly child: ChildProcess
  readonly stdout: Readable | null
  readonly stderr: Readable | null
}

function follow({ child, stdout, stderr }: Started, options: RunProcessOptions): Promise<ProcessEnding> {
  return new Promise((resolve) => {
    const { pid } = child
    const own = new Set<Readable>(
      [stdout, stderr].flatMap((one) => (one === null || child.stdio.includes(one) ? [] : [one])),
    )
    let isChildClosed = false
    let kill: NodeJS.Timeout | undefined
    let drain: NodeJS.Timeout | undefined
    let ending: ProcessEnding | undefined
    let isClosed = false
    let isGroupGone = false

    const abort = (): void => {
      if (pid === undefined || ending !== undefined) return
      signalGroup(pid, 'SIGTERM')
      kill = startTimer(() => signalGroup(pid, 'SIGKILL'), options.graceMs ?? 2000)
    }
    const settle = (how: ProcessEnding): void => {
      stopTimer(kill)
      stopTimer(drain)
      options.signal?.removeEventListener('abort', abort)
      for (const stream of [...child.stdio, stdout, stderr]) stream?.destroy()
      resolve(how)
    }

    child.once('error', (error) => {
      // The same event tells of a signal that could not be sent; only without a process has nothing started.
      if (pid === undefined) settle({ kind: 'not-started', error })
    })
    child.once('exit', (code, signal) => {
      const how: ProcessEnding = signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'signalled', signal }
      ending = how
      void (pid === undefined ? Promise.resolve() : endGroup(pid, options)).then(() => {
        if (isClosed) settle(how)
        else drain = startTimer(() => settle(how), drainMs)
        isGroupGone = true
      })
    })
    const close = (): void => {
      isClosed = isChildClosed && own.size === 0
      if (isClosed && ending !== undefined && isGroupGone) settle(ending)
    }
    child.once('close', () => {
      isChildClosed = true
      close()
    })
    for (const pipe of own) {
      pipe.once('close', () => {
        own.delete(pipe)
        close()
      })
    }
    forwardText(stdout, (text) => options.onOutput?.('stdout', text))
    forwardText(stderr, (text) => options.onOutput?.('stderr', text))
    const extra = child.stdio[3]
    if (options.extraFd !== undefined && extra !== null && extra !== undefined && 'read' in extra)
      readLines(extra, options.extraFd)
    // A command that does not read its input closes the pipe early; that is its business.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.input)
    options.signal?.addEventListener('abort', abort, { once: true })
    if (pid !== undefined) options.onStarted?.(pid)
  })
}

/** Ends what is left of a command's group, once that had a moment to end by itself. */
function endGroup(leader: number, { onLeft, signal }: RunProcessOptions): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      // What an end from outside has cut short had no chance to tidy up.
      const left = signal?.aborted === true ? [] : listGroup(leader)
      const leaks = { count: left.length, processes: namesOf(left) }
      signalGroup(leader, 'SIGKILL')
      if (left.length > 0) onLeft?.(leaks)
      resolve()
    }
    if (signal?.aborted === true || !signalGroup(leader, 0)) end()
    else startTimer(end, tidyMs)
  })
}

function forwardText(stream: Readable | null, tell: (text: string) => void): void {
  if (stream === null) return
  const decoder = new StringDecoder('utf8')
  stream.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk)
    if (text !== '') tell(text)
  })
  stream.on('end', () => {
    const rest = decoder.end()
    if (rest !== '') tell(rest)
  })
  stream.on('error', () => undefined)
}

function extraPipe(options: RunProcessOptions): readonly 'pipe'[] {
  return options.extraFd === undefined ? [] : ['pipe']
}

function notStarted(error: Error): Promise<ProcessEnding> {
  return Promise.resolve({ kind: 'not-started', error })
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    // It cannot be looked at: the start itself says why.
    return true
  }
}

/** The system says the same of a folder as of a program that is not there; a person would look for the program. */
function noFolder(cwd: string): Error {
  const error = new Error(`its working folder ${cwd} is not there. Create it, or name another as \`cwd\`.`)
  return Object.assign(error, { code: 'ENOENT' })
}

function abortedBeforeStart(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new DOMException('Aborted before the command started.', 'AbortError')
}

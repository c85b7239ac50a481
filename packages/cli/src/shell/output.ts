// Where text goes. A reader that went away (`muster plan | head`) is no error: what it no longer wants is dropped, and the
// run goes on.
import { isSet } from '../terminal/is-set.ts'
import { harmlessLine, type LogService, logServiceOf } from '../terminal/log-groups.ts'
import { type Look, lookOf } from '../terminal/look.ts'

/** Standard output and standard error with what they can show. */
export interface Output {
  /** Writes to standard output as it is. */
  readonly out: (text: string) => void
  /** Writes lines to standard output, none of which a CI service takes for an order. */
  readonly lines: (lines: readonly string[]) => void
  /** Writes a line to standard error; likewise. */
  readonly say: (text: string) => void
  readonly look: Look
  /** The look of standard error, which may go elsewhere. */
  readonly errorLook: Look
  /** Whether a live board may be drawn on standard output. */
  readonly isLive: boolean
  /** Whose log standard output is. */
  readonly logService: LogService
  readonly stream: NodeJS.WriteStream
  /** Columns of standard output; without end where it is no terminal, since nothing that a program reads is to be cut. */
  readonly columns: () => number
  readonly rows: () => number
  /**
   * Resolves when everything was handed to the system, with what kept standard output from being written whole: a full
   * disk, say. A reader that went away is nothing of the kind.
   */
  readonly flush: () => Promise<Error | undefined>
}

/** Opens the process's own streams. */
export function openOutput(): Output {
  const { stdout, stderr, env } = process
  const gone = new Set<NodeJS.WriteStream>()
  let lost: Error | undefined
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A pipe whose reader is gone, or a terminal that was closed: there is nobody left to tell.
      if (stream === stdout && error.code !== 'EPIPE' && error.code !== 'EIO') lost ??= error
      gone.add(stream)
    })
  }
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    if (!gone.has(stream) && text !== '') stream.write(text)
  }
  const unicode = canUnicode(env)
  const service = logServiceOf(env)
  // On a terminal somebody only tries out what CI would show.
  const logService = stdout.isTTY ? 'none' : service
  const errorService = stderr.isTTY ? 'none' : service
  const isTerminal = (): boolean => {
    if (stdout.isTTY) askSize(stdout)
    return stdout.isTTY
  }
  return {
    out: (text) => {
      write(stdout, text)
    },
    lines: (lines) => {
      if (lines.length > 0) write(stdout, `${lines.map((line) => harmlessLine(logService, line)).join('\n')}\n`)
    },
    say: (text) => {
      write(stderr, `${harmlessLine(errorService, text)}\n`)
    },
    look: lookOf({ colour: canColour(stdout, env), unicode }),
    errorLook: lookOf({ colour: canColour(stderr, env), unicode }),
    isLive: stdout.isTTY && !isSet(env['CI']) && env['TERM'] !== 'dumb',
    logService,
    stream: stdout,
    // Some terminals say that they have no columns at all, as serial ones do.
    columns: () => (isTerminal() ? stdout.columns || 80 : Infinity),
    rows: () => (isTerminal() ? stdout.rows || 24 : 24),
    flush: async () => {
      for (const stream of [stdout, stderr]) {
        if (gone.has(stream) || stream.writableLength === 0) continue
        await new Promise<void>((resolve) => {
          stream.once('error', () => {
            resolve()
          })
          stream.write('', () => {
            resolve()
          })
        })
      }
      // A write that failed at once is told a moment later.
      await new Promise((resolve) => setImmediate(resolve))
      return lost
    },
  }
}

/**
 * Node hears of a new size by a signal, which a busy process takes up late; whatever is drawn meanwhile for the old size wraps
 * and cannot be taken away again. So the terminal itself is asked, where Node lets us.
 */
function askSize(stream: NodeJS.WriteStream): void {
  const refresh: unknown = Reflect.get(stream, '_refreshSize')
  if (typeof refresh === 'function') Reflect.apply(refresh, stream, [])
}

function canColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (isSet(env['NO_COLOR'])) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return stream.isTTY && !isSet(env['CI']) && env['TERM'] !== 'dumb'
}

/** A locale that says otherwise, or the bare console, cannot show more than ASCII. */
function canUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env['TERM'] === 'linux') return false
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet)
  return locale === undefined || /utf-?8/i.test(locale)
}

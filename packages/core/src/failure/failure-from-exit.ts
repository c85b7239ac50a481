// Turns the end of a process into a failure, by its exit code or signal, and by what it printed where that knows better. The
// last words name the cause to a person and to the fingerprint as well.
import type { Failure, FailureCategory, Fault } from '../model/failure.ts'
import { findCause, type Cause, type CauseOptions } from './find-cause.ts'
import { makeFailure } from './make-failure.ts'
import { frameworkLine, isOnlyNoise, tellingLine } from './text/telling-line.ts'

/** How a process ended. */
export interface ProcessExit {
  /** Exit code; `null` or absent where a signal ended it. */
  readonly code?: number | null | undefined
  /** Name of the signal that ended it. */
  readonly signal?: string | null | undefined
  /** The end of what it printed as errors. */
  readonly stderrTail?: string | undefined
  /** The end of what it printed otherwise: many tools name their errors there. Read where the errors tell nothing. */
  readonly stdoutTail?: string | undefined
  /** What ended, for the message. @defaultValue `'The process'` */
  readonly what?: string | undefined
  /**
   * It ended before it had reported a result: then no code speaks for success, and one that says nothing else is a crash.
   * @defaultValue `false`
   */
  readonly isEarly?: boolean | undefined
}

interface Reading {
  readonly category: FailureCategory
  readonly meaning: string
  readonly fault?: Fault
}

const crash = (meaning: string): Reading => ({ category: 'process-crash', meaning })

const byCode: ReadonlyMap<number, Reading> = new Map([
  [124, { category: 'timeout', meaning: 'a time limit ran out' }],
  [126, { category: 'environment', meaning: 'the command could not be executed' }],
  [127, { category: 'environment', meaning: 'the command was not found' }],
  [130, { category: 'cancelled', meaning: 'interrupted' }],
  [132, crash('illegal instruction')],
  [133, crash('trap')],
  [134, crash('aborted')],
  [135, crash('bus error')],
  [136, crash('arithmetic error')],
  [137, { category: 'resource', meaning: 'killed, most often for want of memory' }],
  [139, crash('segmentation fault')],
  [143, { category: 'infrastructure', meaning: 'ended from outside' }],
  [0xc0000005, crash('access violation')],
  [0xc0000374, crash('heap corruption')],
  [0xc0000409, crash('fail-fast abort')],
  [0xc00000fd, crash('stack overflow')],
  [0x80000003, crash('breakpoint')],
  [0xc000013a, { category: 'cancelled', meaning: 'interrupted' }],
  [0xc000012d, { category: 'resource', meaning: 'out of memory' }],
])

const bySignal: ReadonlyMap<string, Reading> = new Map([
  ['SIGINT', { category: 'cancelled', meaning: 'interrupted' }],
  ['SIGTERM', { category: 'infrastructure', meaning: 'ended from outside' }],
  ['SIGHUP', { category: 'infrastructure', meaning: 'its terminal went away' }],
  ['SIGXCPU', { category: 'resource', meaning: 'processor time used up' }],
  ['SIGXFSZ', { category: 'resource', meaning: 'file size limit passed' }],
  ['SIGKILL', crash('killed')],
  ['SIGSEGV', crash('segmentation fault')],
  ['SIGABRT', crash('aborted')],
  ['SIGBUS', crash('bus error')],
  ['SIGILL', crash('illegal instruction')],
  ['SIGFPE', crash('arithmetic error')],
])

/**
 * The end of a process, as a failure. Exit code 137 counts as `resource`, a bare `SIGKILL` as `process-crash`; a code that
 * means nothing by itself is `unknown`.
 *
 * @example
 * ```ts
 * failureFromExit({ signal: 'SIGSEGV' }).category // 'process-crash'
 * failureFromExit({ code: 3, stderrTail: 'no such table: users' }).message // 'The process ended with exit code 3: no such table: users'
 * ```
 */
export function failureFromExit(exit: ProcessExit, options: CauseOptions = {}): Failure {
  const how = exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code ?? 'unknown'}`
  const reading = readingOf(exit)
  const meaning = reading === undefined ? '' : ` (${reading.meaning})`
  const early = exit.isEarly === true ? ' before it had reported a result' : ''
  const { found, said } = readPrinted(exit, reading, options)
  const lastWords = tellingLine(said)
  const { cause, line, ...facts } = found
  const category = categoryOf(exit, reading, found)
  const isOwn = category === 'process-crash' && exit.isEarly === true && reading === undefined
  return makeFailure({
    ...(isOwn ? ownExit(exit, lastWords) : category === found.category ? facts : recordedExit(category)),
    message: `${exit.what ?? 'The process'} ended with ${how}${meaning}${early}${lastWords === '' ? '' : `: ${lastWords}`}`,
    evidence: [
      how,
      ...(line === undefined || category !== found.category || line.text === lastWords ? [] : [cause]),
      ...(lastWords === '' ? [] : [`last words: ${lastWords}`]),
    ],
    // The code is what tells such failures apart, so it must survive the masking of numbers.
    template: `${spellOut(how)} ${lastWords}`,
  })
}

interface Printed {
  readonly found: Cause
  /** Its telling line is what the process is quoted with. */
  readonly said: string
}

/** What is printed as results may hold the words of any error, so it is asked only where nothing else tells. */
function readPrinted(exit: ProcessExit, reading: Reading | undefined, options: CauseOptions): Printed {
  const { code, signal, stderrTail = '', stdoutTail = '', isEarly } = exit
  const found = findCause({ exitCode: code, signal, text: stderrTail }, options)
  if (isEarly === true || reading !== undefined || found.category !== 'unknown' || stdoutTail.trim() === '')
    return { found, said: isOnlyNoise(stderrTail) ? (frameworkLine(stdoutTail) ?? stderrTail) : stderrTail }
  const inOutput = findCause({ exitCode: code, signal, text: stdoutTail }, options)
  if (inOutput.line !== undefined) return { found: inOutput, said: saidOf(inOutput, inOutput.line.text, stdoutTail) }
  return { found, said: stderrTail.trim() === '' ? stdoutTail : stderrTail }
}

/** Of an assertion the values tell more than its name; of everything else the line that a rule knew. */
function saidOf({ category }: Cause, line: string, text: string): string {
  return category === 'assertion' || category === 'exception' ? (frameworkLine(text) ?? line) : line
}

function readingOf(exit: ProcessExit): Reading | undefined {
  if (exit.signal) return bySignal.get(exit.signal) ?? crash('ended by a signal')
  if (typeof exit.code !== 'number') return crash('ended without an exit code')
  return byCode.get(exit.code) ?? byCode.get(exit.code >>> 0)
}

/** What it printed counts where a rule read it, or where the exit by itself says nothing. */
function categoryOf({ isEarly }: ProcessExit, reading: Reading | undefined, found: Cause): FailureCategory {
  if (isEarly === true) return found.category === 'resource' ? 'resource' : earlyCategory(reading)
  return found.line === undefined ? (reading?.category ?? 'unknown') : found.category
}

/** Only what tells why the process was taken away is better than: it crashed. */
function earlyCategory(reading: Reading | undefined): FailureCategory {
  return reading?.category === 'resource' ? 'resource' : 'process-crash'
}

/**
 * It ended itself, with a code of its own, before it was done. Where nothing was printed that is a call, at the same place each
 * time; what was printed may be an error that nobody caught, which can come and go.
 */
function ownExit({ code }: ProcessExit, lastWords: string): Omit<Cause, 'cause' | 'line'> {
  const isCall = code === 0 || lastWords === ''
  const look = isCall
    ? 'a call of exit in the test or in what it uses'
    : 'an error that nobody caught, or a call of exit'
  return {
    category: 'process-crash',
    code: 'early-exit',
    rule: 'signals/exit',
    confidence: 0.99,
    severity: 'medium',
    suggestion: `The process ended itself with exit code ${code} before it was done: look for ${look}.`,
    ...(isCall ? { transient: false } : {}),
  }
}

/** What the rules say of a category by itself. */
function recordedExit(category: FailureCategory): Omit<Cause, 'cause' | 'line'> {
  const { cause: _, line: __, ...facts } = findCause({ recorded: category })
  return category === 'unknown' ? { ...facts, confidence: 0 } : { ...facts, rule: 'signals/exit' }
}

function spellOut(how: string): string {
  return how.replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)))
}

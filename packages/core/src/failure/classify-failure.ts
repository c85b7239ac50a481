// From everything that is known of a failure to the failure itself: what a runner, an importer of reports or a person with a
// log calls.
import type { Failure } from '../model/failure.ts'
import { findCause, type Cause, type CauseOptions } from './find-cause.ts'
import { makeFailure } from './make-failure.ts'
import { errorChain } from './signals/error-chain.ts'
import type { FailureSignals } from './signals/failure-signals.ts'
import { logLines } from './text/log-lines.ts'

/** A failure with the line of the text that told its category. */
export interface ExplainedFailure {
  readonly failure: Failure
  /** The line, counted from 1, and without colours, timestamps and indentation; absent where a signal told. */
  readonly line?: { readonly number: number; readonly text: string } | undefined
}

/**
 * The failure that the signals tell of. Structured signals speak before texts, rules of your own before both; whatever it is
 * given, it answers with a category, `unknown` where nothing supports another.
 *
 * @example
 * ```ts
 * const { category, code } = classifyFailure({ exitCode: 134, text: 'FATAL ERROR: JavaScript heap out of memory' })
 * console.log(category, code) // resource memory
 * ```
 */
export function classifyFailure(signals: FailureSignals, options: CauseOptions = {}): Failure {
  return explainFailure(signals, options).failure
}

/** Like {@link classifyFailure}, with the line that told. */
export function explainFailure(signals: FailureSignals, options: CauseOptions = {}): ExplainedFailure {
  const { cause, line, ...facts }: Cause = findCause(signals, options)
  const [first] = signals.thrown === undefined ? [] : errorChain(signals.thrown)
  const said = signals.message ?? first?.message ?? line?.text ?? logLines(signals.text ?? '')[0]?.text ?? ''
  const failure = makeFailure({
    ...facts,
    message: said === '' ? cause : said,
    errorName: first?.name ?? signals.errorName,
    stack: first?.stack,
    evidence: [...(signals.evidence ?? []), cause],
  })
  return line === undefined ? { failure } : { failure, line: { number: line.number, text: line.text } }
}

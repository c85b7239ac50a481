// From everything that is known of a failure to the failure itself: what a runner, an importer of reports or a person with a
// log calls.
import type { Failure } from '../model/failure.ts'
import { MusterError } from '../errors/muster-error.ts'
import { isFailureCategory } from './failure-severities.ts'
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
  checkSignals(signals)
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

/** Callers without types give anything; what cannot be read is told by its name, not by where it broke. */
function checkSignals(signals: unknown): void {
  if (typeof signals !== 'object' || signals === null) refuse('signals to be an object', signals)
  const { recorded, text, message, evidence }: Partial<Record<string, unknown>> = { ...signals }
  if (recorded !== undefined && !isFailureCategory(recorded))
    refuse('`recorded` to be a category of failures', recorded)
  if (text !== undefined && typeof text !== 'string') refuse('`text` to be a text', text)
  if (message !== undefined && typeof message !== 'string') refuse('`message` to be a text', message)
  if (evidence !== undefined && !Array.isArray(evidence)) refuse('`evidence` to be a list of texts', evidence)
}

function refuse(expected: string, got: unknown): never {
  throw new MusterError('OPTIONS_INVALID', {
    expected,
    got: typeof got === 'string' ? JSON.stringify(got.slice(0, 100)) : got === null ? 'null' : typeof got,
  })
}

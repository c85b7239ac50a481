// Failures are put together where attempts run, which may be a process that knows nothing of a user's rules. They are read
// once more where they arrive, by those rules alone: what none of them knows stays as it was told.
import type { Failure } from '../model/failure.ts'
import { ownCauseOf } from './find-cause.ts'
import { makeFailure } from './make-failure.ts'
import type { CompiledRule } from './rules/compiled-rules.ts'

/** The failure as the rules see it; the same object where none of them matches. */
export function rereadFailure(failure: Failure, rules: readonly CompiledRule[]): Failure {
  const { message, stack = '', evidence, errorName } = failure
  const text = [...(errorName === undefined ? [] : [`${errorName}: ${message}`]), message, stack, ...evidence].join(
    '\n',
  )
  const found = ownCauseOf({ text, ...signalsIn(evidence) }, rules)
  if (found === undefined) return failure
  const { cause, line: _, ...facts } = found
  const told = evidence.includes(cause) ? evidence : [cause, ...evidence]
  return makeFailure({
    ...facts,
    message,
    errorName,
    stack: failure.stack,
    retryAfterMs: failure.retryAfterMs,
    phase: facts.phase ?? failure.phase,
    evidence: told,
  })
}

/** Exit codes and codes of errors stand in the evidence, as whoever made the failure wrote them. */
function signalsIn(evidence: readonly string[]): { readonly exitCode?: number; readonly errorCode?: string } {
  const exit = evidence.map((piece) => /^exit code (-?\d{1,12})$/.exec(piece)?.[1]).find((code) => code !== undefined)
  const error = evidence.map((piece) => /^code ([A-Z]\w{1,80})$/.exec(piece)?.[1]).find((code) => code !== undefined)
  return {
    ...(exit === undefined ? {} : { exitCode: Number(exit) }),
    ...(error === undefined ? {} : { errorCode: error }),
  }
}

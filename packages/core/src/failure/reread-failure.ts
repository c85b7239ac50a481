// Failures are put together where attempts run, which may be a process that knows nothing of a user's rules. They are read
// once more where they arrive, by those rules alone: what none of them knows stays as it was told. A rule is tried on what was
// said itself, never only on the sentence that was made around it.
import type { Failure } from '../model/failure.ts'
import { ownCauseOf, type Cause } from './find-cause.ts'
import { makeFailure } from './make-failure.ts'
import type { CompiledRule } from './rules/compiled-rules.ts'

/** The failure as the rules see it; the same object where none of them matches. `output` is what was printed, best first. */
export function rereadFailure(
  failure: Failure,
  rules: readonly CompiledRule[],
  output: readonly string[] = [],
): Failure {
  const { evidence } = failure
  const found = ownCauseOf({ text: saidIn(failure), ...signalsIn(evidence) }, rules) ?? causeIn(output, rules)
  if (found === undefined) return failure
  const { cause, line: _, ...facts } = found
  return makeFailure({
    ...facts,
    message: failure.message,
    errorName: failure.errorName,
    stack: failure.stack,
    retryAfterMs: failure.retryAfterMs,
    phase: facts.phase ?? failure.phase,
    evidence: withPiece(cause, evidence),
  })
}

/** A failure that was made from another, of a case, with what the rules say of that one. */
export function rereadLike(failure: Failure, reread: Failure): Failure {
  const { message, evidence } = failure
  const [cause] = reread.evidence
  return { ...reread, message, evidence: cause === undefined ? evidence : withPiece(cause, evidence) }
}

function withPiece(piece: string, evidence: readonly string[]): readonly string[] {
  return evidence.includes(piece) ? evidence : [piece, ...evidence]
}

function causeIn(output: readonly string[], rules: readonly CompiledRule[]): Cause | undefined {
  for (const text of output) {
    const found = text === '' ? undefined : ownCauseOf({ text }, rules)
    if (found !== undefined) return found
  }
  return undefined
}

/** Everything that was said, line by line: whole, and once more without the words that were put before it. */
function saidIn({ errorName, message, stack = '', evidence }: Failure): string {
  const named = errorName === undefined ? [] : [`${errorName}: ${message}`]
  const lines = [...message.split('\n'), ...evidence]
  return [...named, message, stack, ...evidence, ...lines.flatMap(bareOf)].join('\n')
}

/** What failures are introduced with: by how a process ended, by what caused an error. */
const introductions = /^(?:last words: |caused by:? |ended with: )/

/** An error by its class, as causes are told. */
const className = /^[A-Z]\w{0,80}(?: \[\w{1,80}\])?: /

function bareOf(piece: string): readonly string[] {
  const bare = piece.replace(introductions, '')
  if (bare === piece) return []
  const said = bare.replace(className, '')
  return said === bare ? [bare] : [bare, said]
}

/** Exit codes and codes of errors stand in the evidence, as whoever made the failure wrote them. */
function signalsIn(evidence: readonly string[]): {
  readonly exitCode?: number
  readonly errorCodes: readonly string[]
} {
  const exit = evidence.map((piece) => /^exit code (-?\d{1,12})$/.exec(piece)?.[1]).find((code) => code !== undefined)
  const errorCodes = evidence.flatMap((piece) => /^code (\S{1,80})$/.exec(piece)?.[1] ?? [])
  return { ...(exit === undefined ? {} : { exitCode: Number(exit) }), errorCodes }
}

// The coordinator's look at what an executor gave back, wherever it ran: one that does not fit becomes a failed attempt that
// names what is wrong, and never a broken journal.
import type { z } from 'zod'
import { expectedBy } from '../errors/expected-by.ts'
import { makeFailure } from '../failure/make-failure.ts'
import type { AttemptDetails, CaseResult, Outcome } from '../model/outcome.ts'
import type { AttemptResult } from '../ports/executor.ts'
import { attemptDetailsSchema, caseResultSchema, outcomeSchema } from '../schemas/model-schemas.ts'

/** The result, or a failed one that says what does not fit. Both parts are plain data as JSON gives it. */
export function readResult(outcome: unknown, details: unknown): AttemptResult {
  if (!isOutcome(outcome)) return misfit('outcome', outcomeSchema.safeParse(outcome))
  if (details === undefined) return { outcome }
  if (isDetails(details)) return { outcome, details }
  return misfit('details', attemptDetailsSchema.safeParse(details))
}

/** As {@link readResult}, for a result of this process: what is kept is what JSON makes of it, as after a resume. */
export function readOwnResult(result: AttemptResult): AttemptResult {
  if (isPlain(result)) return result
  let copy: unknown
  try {
    copy = JSON.parse(JSON.stringify(result))
  } catch {
    return unfit('It does not survive JSON.')
  }
  if (typeof copy !== 'object' || copy === null) return unfit('It does not survive JSON.')
  return readResult(Reflect.get(copy, 'outcome'), Reflect.get(copy, 'details'))
}

/** Whether a reported case is one. */
export function isCase(value: unknown): value is CaseResult {
  return caseResultSchema.safeParse(value).success
}

/** Most results are a word and a time. */
function isPlain({ outcome, details }: AttemptResult): boolean {
  if (details !== undefined) return false
  for (const field in outcome) if (field !== 'result' && field !== 'durationMs') return false
  return true
}

function misfit(what: string, parsed: z.ZodSafeParseResult<unknown>): AttemptResult {
  return unfit(`${what}: ${parsed.success ? '' : problemsOf(parsed.error)}`)
}

function unfit(problems: string): AttemptResult {
  const message = `What the executor returned does not fit: ${problems}`
  const failure = makeFailure({ category: 'configuration', fault: 'test', message, evidence: ['invalid result'] })
  return { outcome: { result: 'failed', durationMs: 0, failure } }
}

/** What is wrong, with the path to it. */
export function problemsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.')}: expected ${expectedBy(issue)}`).join('; ')
}

function isOutcome(value: unknown): value is Outcome {
  return outcomeSchema.safeParse(value).success
}

function isDetails(value: unknown): value is AttemptDetails {
  return attemptDetailsSchema.safeParse(value).success
}

// What is said of an attempt that ran out of time, and of the cases that it ran then: a runner knows that its time was over, its
// supervisor knows the limit and where it had been busy.
import type { CaseResult, Outcome } from '../../model/outcome.ts'
import { msText } from '../../failure/text/measure-text.ts'
import type { Failure } from '../../model/failure.ts'
import type { AttemptResult } from '../../ports/executor.ts'

/** What a supervisor knows of it. */
export interface TimeOut {
  readonly limitMs: number
  /** What was seen of it at its soft time limit. */
  readonly note: string | undefined
}

/** The result with the limit, and what was seen before it, in the failures of what ran out of time. */
export function explainTimeOut({ outcome, details }: AttemptResult, timeOut: TimeOut): AttemptResult {
  const cases = details?.cases.map((one) => explained(one, timeOut))
  return {
    outcome: explained(outcome, timeOut),
    ...(details === undefined ? {} : { details: { ...details, cases: cases ?? [] } }),
  }
}

function explained<Ended extends Outcome | CaseResult>(ended: Ended, { limitMs, note }: TimeOut): Ended {
  const { result, failure } = ended
  if (result !== 'timed-out' || failure === undefined) return ended
  const said = `time limit of ${msText(limitMs)}`
  const limit = failure.message.includes(said) ? '' : `, after the ${said}`
  const seen = note === undefined ? '' : `; seen before: ${note}`
  return { ...ended, failure: withMessage(failure, `${failure.message}${limit}${seen}`) }
}

/** The same failure, as its fingerprint says: only its words change. */
function withMessage(failure: Failure, message: string): Failure {
  return { ...failure, message }
}

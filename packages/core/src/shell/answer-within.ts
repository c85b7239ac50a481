// A store or an engine that does not answer must not hold up a run, or its end, for ever.
import { MusterError } from '../errors/muster-error.ts'
import type { ErrorCode } from '../errors/error-catalogue.ts'
import type { Clock } from '../ports/clock.ts'

/** How long to wait for what. */
export interface AnswerLimit {
  readonly clock: Clock
  readonly limitMs: number
  /** What was asked for, as it follows "expected": `the store to close the journal`. */
  readonly what: string
  /** What silence is called. @defaultValue `STORE_FAILED` */
  readonly code?: ErrorCode | undefined
  /** What to do then. @defaultValue the remedy of the code */
  readonly remedy?: string | undefined
}

/** What somebody answers; rejects with the code where it takes longer than the limit. */
export async function answerWithin<Value>(answer: Promise<Value>, limit: AnswerLimit): Promise<Value> {
  const { clock, limitMs } = limit
  let cancelWait = (): void => undefined
  const tooLate = new Promise<never>((_, reject) => {
    const wait = (): void => {
      const dueMs = clock.now() + limitMs
      cancelWait = clock.after(limitMs, () => {
        // The machine or the process slept: nobody could answer meanwhile, so nobody was silent.
        if (clock.now() - dueMs > limitMs / 2) wait()
        else reject(noAnswer(limit))
      })
    }
    wait()
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    cancelWait()
  }
}

/** What is thrown where somebody was silent for too long. */
export function noAnswer({
  what,
  limitMs,
  code = 'STORE_FAILED',
  remedy,
}: Pick<AnswerLimit, 'what' | 'limitMs' | 'code' | 'remedy'>): MusterError {
  return new MusterError(code, { expected: what, got: `no answer for ${limitMs} ms`, remedy })
}

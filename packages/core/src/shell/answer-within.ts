// A store that does not answer must not hold up a run, or its end, for ever.
import { MusterError } from '../errors/muster-error.ts'
import type { Clock } from '../ports/clock.ts'

/** How long to wait for what. */
export interface AnswerLimit {
  readonly clock: Clock
  readonly limitMs: number
  /** What was asked for, as it follows "expected": `the store to close the journal`. */
  readonly what: string
}

/** What a store answers; rejects with `STORE_FAILED` where it takes longer than the limit. */
export async function answerWithin<Value>(answer: Promise<Value>, limit: AnswerLimit): Promise<Value> {
  let cancelWait = (): void => undefined
  const tooLate = new Promise<never>((_, reject) => {
    cancelWait = limit.clock.after(limit.limitMs, () => {
      // An answer that is here but was not read yet, as after a sleep, is read first.
      cancelWait = limit.clock.after(0, () => {
        reject(noAnswer(limit))
      })
    })
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    cancelWait()
  }
}

/** What is thrown where a store was silent for too long. */
export function noAnswer({ what, limitMs }: Pick<AnswerLimit, 'what' | 'limitMs'>): MusterError {
  return new MusterError('STORE_FAILED', { expected: what, got: `no answer for ${limitMs} ms` })
}

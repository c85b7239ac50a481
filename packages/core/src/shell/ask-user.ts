// Calls a function that the user handed in before the run begins. What it throws is theirs to mend, so it is told as theirs: by
// its name and with the line of their code, instead of as a mistake of ours.
import { nameAndMessageOf } from '../errors/message-of.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { Clock } from '../ports/clock.ts'
import { type AnswerLimit, answerWithin } from './answer-within.ts'

/** How long a function of the user's may take. */
export interface HookLimit {
  readonly clock: Clock
  /** In milliseconds. */
  readonly limitMs: number
}

/**
 * Awaits what `ask` gives; whatever it throws becomes `HOOK_FAILED`, which names `what` was asked, and so does an answer that
 * takes longer than the limit.
 */
export async function askUser<Value>(
  what: string,
  limit: HookLimit,
  ask: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await answerWithin((async () => ask())(), { ...limit, ...silent(what) })
  } catch (cause) {
    if (isMusterError(cause)) throw cause
    const message = nameAndMessageOf(cause)
    const place = cause instanceof Error ? ownPlace(cause.stack ?? '') : undefined
    throw new MusterError('HOOK_FAILED', {
      expected: `${what} not to throw`,
      got: place === undefined ? message : `${message} (${place})`,
      cause,
    })
  }
}

/** What the silence of a function of the user's is called. */
export function silent(what: string): Pick<AnswerLimit, 'what' | 'code' | 'remedy'> {
  const remedy = 'Mend that function, or raise hookTimeoutMs; what waited for it was not started.'
  return { what: `${what} to answer`, code: 'HOOK_FAILED', remedy }
}

/** The first line of a stack that lies in code of the user's own. */
function ownPlace(stack: string): string | undefined {
  const places = [...stack.matchAll(/^\s+at (?:.* \()?(.+?:\d+:\d+)\)?$/gm)].flatMap(([, place]) => place ?? [])
  const foreign = /^node:|[\\/]node_modules[\\/]/
  return places.find((place) => !foreign.test(place)) ?? places[0]
}

// Lets the caller go on without what he waits for. What was begun may go on by itself; nobody listens to it any more.
import { MusterError } from '../errors/muster-error.ts'

/** What `begin` comes to; rejects with `ABORTED` as soon as the signal aborts, whether `begin` minds it or not. */
export async function orAborted<Value>(signal: AbortSignal, begin: () => Promise<Value> | Value): Promise<Value> {
  let stopListening = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      reject(new MusterError('ABORTED', { expected: 'the call to be awaited', got: 'an abort by its caller' }))
    }
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    stopListening = () => {
      signal.removeEventListener('abort', onAbort)
    }
  })
  try {
    return await Promise.race([signal.aborted ? aborted : begin(), aborted])
  } finally {
    stopListening()
  }
}

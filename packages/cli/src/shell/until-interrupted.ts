// Before a run there is nothing to drain: whoever asks us to end is obeyed at once, and what was started to find the tests is
// told to end as well.
import { MusterError } from '@muster/core'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What `work` comes to; aborts its signal and rejects with `ABORTED` when the process is asked to end. */
export function untilInterrupted<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const interruption = new AbortController()
    const onSignal = (signal: NodeJS.Signals): void => {
      const reason = new MusterError('ABORTED', { expected: 'the search for tests to come to its end', got: signal })
      interruption.abort(reason)
      reject(reason)
    }
    for (const signal of signals) process.on(signal, onSignal)
    void work(interruption.signal)
      .then(resolve, reject)
      .finally(() => {
        for (const signal of signals) process.off(signal, onSignal)
      })
  })
}

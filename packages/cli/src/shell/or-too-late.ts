// A search that hangs must not hold a person up for ever. Time in which this process was stopped, by Ctrl-Z say, was nobody's:
// those who were asked were mostly stopped with it.
import { performance } from 'node:perf_hooks'

/** What `work` comes to; rejects with `late()` where it takes longer than `limitMs`. Alone it keeps no process alive. */
export function orTooLate<Value>(work: Promise<Value>, limitMs: number, late: () => Error): Promise<Value> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const dueMs = performance.now() + limitMs
      timer = setTimeout(() => {
        if (performance.now() - dueMs > limitMs / 2) wait()
        else reject(late())
      }, limitMs)
      timer.unref()
    }
    wait()
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}

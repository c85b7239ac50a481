// What a configuration or a runner of somebody's own hands us may be a promise that nothing will ever settle. Node then ends
// the process with code 13 and words of its own; here whoever made the promise is named instead.

/** What `work` comes to; rejects with `never()` where this process runs out of anything that could still settle it. */
export function orNeverSettled<Value>(work: Promise<Value>, never: () => Error): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onIdle = (): void => {
      reject(never())
    }
    process.once('beforeExit', onIdle)
    void work.then(resolve, reject).finally(() => process.off('beforeExit', onIdle))
  })
}

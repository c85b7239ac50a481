// A bound for something that a test may have made impossible.

/** What a promise says, or `false` after `limitMs` milliseconds. */
export function isTrueWithin(promise: Promise<boolean>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs, false)
    void promise.then((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}

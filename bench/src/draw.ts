// Numbers drawn from a seed, for inputs that are the same on every machine. A linear congruential generator with the constants
// of "Numerical Recipes in C", 7.1: good enough to leave no order to guess, and quicker than what it feeds.

/** A function that draws a whole number from 0 up to, but not including, its argument. */
export function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

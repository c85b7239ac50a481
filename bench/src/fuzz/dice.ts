// Seeded dice: the same seed and number give the same input on every machine, so that a crash can be looked at again.

/** Rolls for one input. */
export interface Dice {
  /** A whole number from 0 up to, but not including, `limit`. */
  readonly below: (limit: number) => number
  readonly oneOf: <Value>(values: readonly Value[]) => Value
}

/** Dice for one input. */
export function diceOf(seed: number, input: number): Dice {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b)) >>> 0
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => Math.floor((roll() / 0x1_0000_0000) * limit)
  return {
    below,
    oneOf: (values) => {
      const value = values[below(values.length)]
      if (value === undefined) throw new Error('Expected something to choose from.')
      return value
    },
  }
}

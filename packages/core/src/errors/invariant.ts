// For what only we can get wrong. Signals from outside are never asserted.

/** Throws when a fact that must hold does not: that is a bug of ours. */
export function invariant(holds: unknown, fact: string): asserts holds {
  if (!holds) throw new Error(`Broken invariant: ${fact}. This is a bug in Muster; please report it.`)
}

// What something thrown says, in words for a person. Anything can be thrown, so nobody may take it for an error unasked.

/** The message of an error; anything else as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** The same with the name of the error's class before it: for errors of code that is not ours. */
export function nameAndMessageOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}

// What was worked out of a text, kept for the next time: failures of one cause come in crowds. Bounded by characters, so that
// long messages do not cost more than short ones; once full it forgets everything, which costs no order of use to be kept.

const mostCharacters = 4_000_000

/** `work` with a memory of bounded size. */
export function rememberTexts<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  let characters = 0
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = work(text)
    characters += text.length + 100
    if (characters > mostCharacters) {
      known.clear()
      characters = text.length + 100
    }
    known.set(text, value)
    return value
  }
}

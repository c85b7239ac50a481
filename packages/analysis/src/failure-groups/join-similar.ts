// Values without digits (names of users, of modules) slip through the masks and split a cause into as many templates as there
// are values. Where, within one family, more than a few templates differ in one word only, that word is a value. This looks at
// the whole set at once and not at templates in the order in which they came, as Drain does (He et al., "Drain: an online log
// parsing approach with fixed depth tree", ICWS 2017), so the result does not depend on that order. Few different words prove
// nothing ("x is not defined" of two variables has two causes), so they stay apart.
import { isMask } from './message-template.ts'

/** A template within its family. */
export interface Template {
  readonly family: string
  readonly tokens: readonly string[]
  /** The tokens in one text, where somebody has it already. */
  readonly text?: string | undefined
}

/** Different words in one place that are taken for names of different causes; one more, and they are values. */
const namesInOnePlace = 8

/** Times that joined templates are looked at again: a message with more free values than this stays split. */
const rounds = 3

/** For each template the one that stands for it, which has `*` where words are values; itself where nothing is joined. */
export function joinSimilar(templates: readonly Template[]): readonly Template[] {
  let current = templates
  for (let round = 0; round < rounds; round += 1) {
    const next = joinOnce(current)
    if (next === undefined) return current
    current = next
  }
  return current
}

function joinOnce(templates: readonly Template[]): readonly Template[] | undefined {
  const words = new Map<string, Set<string> | 'value'>()
  const keysOf = templates.map((template) => positionKeys(template))
  templates.forEach(({ tokens }, i) => {
    for (const [at, key] of keysOf[i] ?? []) count(words, key, tokens[at] ?? '')
  })
  const joined = templates.map((template, i) => {
    const value = (keysOf[i] ?? []).find(([, key]) => words.get(key) === 'value')
    return value === undefined ? template : { family: template.family, tokens: template.tokens.with(value[0], '*') }
  })
  return joined.some((template, i) => template !== templates[i]) ? joined : undefined
}

/** Once there are too many words it only matters that there are. */
function count(words: Map<string, Set<string> | 'value'>, key: string, word: string): void {
  const seen = words.get(key)
  if (seen === undefined) words.set(key, new Set([word]))
  else if (seen !== 'value') {
    seen.add(word)
    if (seen.size > namesInOnePlace) words.set(key, 'value')
  }
}

/** Each place that could be a value, with a key of everything around it. What is left must still say something. */
function positionKeys({ family, tokens }: Template): readonly (readonly [at: number, key: string])[] {
  const words = tokens.filter(isWord).length
  // Half of the template stays, and two words of it: a single word around a value holds nothing together.
  if (words < 3 || words <= tokens.length / 2) return []
  const before = hashes(tokens)
  const after = hashes([...tokens].reverse())
  return tokens.flatMap((token, at) =>
    isMask(token)
      ? []
      : [
          [
            at,
            `${family}\0${tokens.length}\0${at}\0${before[at] ?? ''}\0${after[tokens.length - 1 - at] ?? ''}`,
          ] as const,
        ],
  )
}

function isWord(token: string): boolean {
  return !isMask(token) && /[A-Za-z]{2}/.test(token)
}

/** At each position a hash of all tokens before it, 64 bits in two halves. */
function hashes(tokens: readonly string[]): readonly string[] {
  let [high, low] = [0x9e3779b9, 0x85ebca6b]
  const all: string[] = []
  for (const token of tokens) {
    all.push(`${high}.${low}`)
    for (let i = 0; i < token.length; i += 1) {
      const unit = token.charCodeAt(i)
      high = Math.imul(high ^ unit, 2654435761)
      low = Math.imul(low ^ unit, 1597334677) ^ (high >>> 15)
    }
    high = Math.imul(high ^ 32, 2246822507) ^ (low >>> 13)
    low = Math.imul(low ^ 32, 3266489909)
  }
  return all
}

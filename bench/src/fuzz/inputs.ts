// Which input has which number: a reader by its share, a document of its corpus, and how that is damaged. The same seed and
// number give the same input, in whatever thread.
import type { Corpus } from './corpus.ts'
import { type Dice, diceOf } from './dice.ts'
import { mutateJson } from './mutate-json.ts'
import { cut, type Cut, mutate } from './mutate.ts'
import type { Reader } from './readers.ts'

/** A damaged document and who is to read it. */
export interface Input {
  readonly reader: Reader
  readonly text: string
}

/** The input of a number. */
export function inputsOf(seed: number, corpus: Corpus, readers: readonly Reader[]): (number: number) => Input {
  const drawn = readers.flatMap((reader) => Array.from({ length: reader.share }, () => reader))
  const cuts = new Map<Reader, readonly Cut[]>(readers.map((reader) => [reader, corpus[reader.name].map(cut)]))
  return (number) => {
    const dice = diceOf(seed, number)
    const reader = dice.oneOf(drawn)
    const document = dice.below(corpus[reader.name].length)
    const whole = corpus[reader.name][document] ?? ''
    const asJson = dice.below(5) === 0 ? undefined : damagedLines(whole, dice)
    if (asJson !== undefined) return { reader, text: asJson }
    const own = cuts.get(reader) ?? []
    return { reader, text: mutate(own[document] ?? { pieces: [] }, own, dice) }
  }
}

/** A document of JSON, or of lines of JSON, with one of them damaged, doubled, left out or moved; else nothing. */
function damagedLines(text: string, dice: Dice): string | undefined {
  if (!text.startsWith('{')) return undefined
  if (!text.includes('\n') || text.startsWith('{\n')) return mutateJson(text, dice)
  const lines = text.split('\n')
  const at = dice.below(lines.length)
  const line = lines[at] ?? ''
  switch (dice.below(6)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n')
    case 1:
      return lines.toSpliced(dice.below(lines.length), 0, line).join('\n')
    case 2:
      return lines
        .with(at, lines[0] ?? '')
        .with(0, line)
        .join('\n')
    default:
      return lines.with(at, mutateJson(line, dice) ?? line).join('\n')
  }
}

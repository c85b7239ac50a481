// Workers that were put out and breakers that are open, in words: one set of them for the board, `muster inspect` and logs.
import type { HeldBack, ShownBreaker } from '../progress/holds.ts'
import { truncateEnd } from '../terminal/fit-width.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { paintLine } from './paint-line.ts'

/** What is held back as at most one line: a board has no room for reasons, which `muster inspect` tells. */
export function holdLines({ workers, breakers }: HeldBack, columns: number, look: Look): readonly string[] {
  const texts = [
    ...(workers.length === 0 ? [] : [`put out: ${workers.map(oneLine).join(', ')}`]),
    ...breakers.map(({ key, state }) => `${watchedBy(key)}: ${breakerStates[state]}`),
  ]
  if (texts.length === 0) return []
  const text = truncateEnd(` ${look.symbols.blocked} ${texts.join('; ')}`, columns)
  return [paintLine([{ text, colour: 'yellow' }], columns, look)]
}

/** What a breaker watches, as people say it: `resource payments`. A worker on probation is a worker. */
export function watchedBy(key: string): string {
  return oneLine(key.replace(':', ' ').replace(/^probation /, 'worker '))
}

/** What a state of a breaker means for the tasks that meet it. */
export const breakerStates: Readonly<Record<ShownBreaker['state'], string>> = {
  open: 'held up',
  'half-open': 'being tried',
  closed: 'works again',
  spent: 'held up for as long as it may be; everything goes through',
}

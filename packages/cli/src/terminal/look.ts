// How things look in one terminal: in colour or without, and by symbols that it can show.
import type { VerdictKind } from '@muster/core'
import { type Colour, inColour, inPlain, type Paint } from './paint.ts'

/** Signs that stand for words. */
export interface Symbols {
  readonly passed: string
  readonly flaky: string
  readonly failed: string
  readonly blocked: string
  readonly skipped: string
  readonly cancelled: string
  readonly running: string
  readonly waiting: string
  readonly then: string
  readonly dot: string
  /** Stands where a text was cut; one column wide. */
  readonly cut: string
  readonly bar: { readonly full: string; readonly parts: readonly string[]; readonly empty: string }
}

/** What the terminal can do. */
export interface Look {
  readonly paint: Paint
  readonly symbols: Symbols
}

const unicode: Symbols = {
  passed: '✔',
  flaky: '≈',
  failed: '✖',
  blocked: '⊘',
  skipped: '↷',
  cancelled: '■',
  running: '●',
  waiting: '○',
  then: '›',
  dot: '·',
  cut: '…',
  bar: { full: '█', parts: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'], empty: '░' },
}

const ascii: Symbols = {
  passed: '+',
  flaky: '~',
  failed: 'x',
  blocked: '/',
  skipped: '-',
  cancelled: '#',
  running: '*',
  waiting: 'o',
  then: '>',
  dot: '-',
  cut: '~',
  bar: { full: '#', parts: [], empty: '.' },
}

/** The look of a terminal that can show so much. */
export function lookOf(can: { readonly colour: boolean; readonly unicode: boolean }): Look {
  return { paint: can.colour ? inColour : inPlain, symbols: can.unicode ? unicode : ascii }
}

/** The sign and colour of a verdict. */
export function signOf(kind: VerdictKind, { symbols }: Look): { readonly symbol: string; readonly colour: Colour } {
  switch (kind) {
    case 'passed':
      return { symbol: symbols.passed, colour: 'green' }
    case 'flaky':
      return { symbol: symbols.flaky, colour: 'yellow' }
    case 'failed':
    case 'timed-out':
    case 'poisoned':
      return { symbol: symbols.failed, colour: 'red' }
    case 'unplaceable':
    case 'blocked':
      return { symbol: symbols.blocked, colour: 'red' }
    case 'skipped':
      return { symbol: symbols.skipped, colour: 'dim' }
    case 'cancelled':
      return { symbol: symbols.cancelled, colour: 'dim' }
  }
}

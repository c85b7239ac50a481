// What a status is called and looks like. Colour never stands alone: each has a shape of its own and a word.
import { drawing } from './dom.ts'

/** What becomes of cases, attempts and tasks; the letters are those of the columns. */
export interface Status {
  /** Class of its colours in the style sheet. */
  readonly name: string
  readonly label: string
  /** Strokes in a square of sixteen. */
  readonly strokes: string
  /** Outline of its shape. */
  readonly outline: 'circle' | 'octagon' | 'diamond' | 'square' | 'none'
}

const passed: Status = { name: 'passed', label: 'passed', outline: 'circle', strokes: 'M5 8.3l2.1 2.1L11.2 6' }
const flaky: Status = {
  name: 'flaky',
  label: 'flaky',
  outline: 'diamond',
  strokes: 'M5.2 8.8c.9-1.8 1.9-1.8 2.8-.8s1.9 1 2.8-.8',
}
const failed: Status = {
  name: 'failed',
  label: 'failed',
  outline: 'octagon',
  strokes: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
}
const timedOut: Status = { name: 'timed-out', label: 'timed out', outline: 'octagon', strokes: 'M8 4.6V8l2.4 1.8' }
const skipped: Status = {
  name: 'skipped',
  label: 'skipped',
  outline: 'none',
  strokes: 'M3.5 4.5L7 8l-3.5 3.5M8.5 4.5L12 8l-3.5 3.5',
}
const cancelled: Status = { name: 'cancelled', label: 'cancelled', outline: 'circle', strokes: 'M5 8h6' }
const blocked: Status = { name: 'blocked', label: 'blocked', outline: 'square', strokes: 'M5.5 5.2v5.6M10.5 5.2v5.6' }
const lost: Status = {
  name: 'timed-out',
  label: 'lost',
  outline: 'octagon',
  strokes: 'M6.3 6.2a1.8 1.8 0 1 1 2.4 1.9c-.5.2-.7.5-.7 1M8 11.3v.2',
}
const open: Status = {
  name: 'cancelled',
  label: 'without a verdict',
  outline: 'circle',
  strokes: 'M5.4 8h.1M8 8h.1M10.6 8h.1',
}

const byLetter: Readonly<Record<string, Status>> = {
  p: passed,
  y: flaky,
  f: failed,
  t: timedOut,
  b: blocked,
  s: skipped,
  c: cancelled,
  l: lost,
  o: open,
}

/** Letters of what becomes of cases, the largest worry first. */
export const caseLetters = ['f', 't', 'y', 'b', 'p', 's', 'c'] as const

const byVerdict: Readonly<Record<string, Status>> = {
  passed,
  flaky,
  failed,
  'timed-out': timedOut,
  blocked,
  skipped,
  cancelled,
  poisoned: { ...lost, label: 'poisoned' },
  unplaceable: { ...blocked, name: 'failed', label: 'could not be placed' },
  open,
  interrupted: { ...blocked, label: 'interrupted' },
  'nothing-ran': { ...flaky, label: 'nothing ran', strokes: 'M8 4.8v4M8 11v.2' },
}

/** The status of a letter in a column. */
export function statusOfLetter(letter: string): Status {
  return byLetter[letter] ?? open
}

/** The status of a verdict, or of a run. */
export function statusOfVerdict(kind: string): Status {
  return byVerdict[kind] ?? open
}

const outlines: Readonly<Record<Status['outline'], string>> = {
  circle: 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2z',
  octagon: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z',
  diamond: 'M8 .9L15.1 8 8 15.1.9 8z',
  square: 'M2.2 2.2h11.6v11.6H2.2z',
  none: '',
}

/** The sign of a status. Decoration: the word stands beside it, or in its label. */
export function statusIcon({ name, outline, strokes }: Status, size = 16): SVGElement {
  const shape = outlines[outline]
  return drawing(
    'svg',
    {
      class: `icon ${name}`,
      viewBox: '0 0 16 16',
      width: size,
      height: size,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    ...(shape === '' ? [] : [drawing('path', { class: 'shape', d: shape })]),
    drawing('path', { class: shape === '' ? 'stroke bare' : 'stroke', d: strokes }),
  )
}

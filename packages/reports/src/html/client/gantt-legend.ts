// What the colours and lines of the timeline mean; each that can be drawn has its word here.
import { element } from './dom.ts'

const entries = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['timed-out', 'timed out, or lost'],
  ['other', 'cancelled or skipped'],
  ['starting', 'starting'],
  ['held', 'held up, or waiting for a retry'],
  ['queued', 'queued: ready, waiting for room'],
  ['path', 'critical path'],
] as const

/** Each colour with its word. */
export function ganttLegend(): readonly HTMLElement[] {
  return [
    ...entries.map(([name, label]) =>
      element(
        'span',
        { class: 'legend-entry' },
        element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' }),
        label,
      ),
    ),
    element('span', { class: 'legend-entry' }, 'blocked: no bar, it never ran'),
  ]
}

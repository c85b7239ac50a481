// What the colours of the timeline mean.
import { element } from './dom.ts'

const entries = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['starting', 'starting'],
  ['path', 'critical path'],
] as const

/** Each colour with its word. */
export function ganttLegend(): readonly HTMLElement[] {
  return entries.map(([name, label]) =>
    element(
      'span',
      { class: 'legend-entry' },
      element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' }),
      label,
    ),
  )
}

// How many attempts ran at each moment, above the rows: a run that waits shows as a valley.
import type { Attempts } from './attempts.ts'
import { axisHeight, headHeight, loadHeight } from './gantt-rows.ts'
import type { GanttCanvas, GanttView } from './gantt-view.ts'
import type { LoadChange } from './load-change.ts'
import { pixelOf } from './time-scale.ts'

/** Running attempts at each time at which their number changed. */
export function loadOf(attempts: Attempts): readonly LoadChange[] {
  const changes = new Map<number, number>()
  for (let at = 0; at < attempts.length; at++) {
    changes.set(attempts.launched(at), (changes.get(attempts.launched(at)) ?? 0) + 1)
    changes.set(attempts.closed(at), (changes.get(attempts.closed(at)) ?? 0) - 1)
  }
  let running = 0
  return Array.from(changes)
    .sort(([a], [b]) => a - b)
    .map(([ms, by]) => [ms, (running += by)])
}

/** Draws the curve, and how many ran at most. */
export function drawLoad({ context, width, colours }: GanttCanvas, { load, scale }: GanttView): void {
  const most = load.reduce((max, [, running]) => Math.max(max, running), 1)
  const base = headHeight - 4
  const heightOf = (running: number): number => (running / most) * (loadHeight - 8)
  context.fillStyle = colours.load
  context.beginPath()
  context.moveTo(0, base)
  let x = 0
  let before = 0
  for (const [ms, running] of load) {
    x = Math.min(width, Math.max(0, pixelOf(scale, ms)))
    context.lineTo(x, base - heightOf(before))
    context.lineTo(x, base - heightOf(running))
    before = running
  }
  context.lineTo(x, base)
  context.closePath()
  context.fill()
  context.strokeStyle = colours.line
  context.beginPath()
  context.moveTo(0, base + 0.5)
  context.lineTo(width, base + 0.5)
  context.stroke()
  context.fillStyle = colours.muted
  context.font = `10px ${colours.font}`
  context.textBaseline = 'top'
  context.fillText(`${most} at once`, 4, axisHeight)
}

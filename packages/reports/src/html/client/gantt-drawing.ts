// Draws the timeline as it is to be seen now: the axis and the load stay above, the rows scroll below them.
import { countText } from '../../text/count-text.ts'
import { clipped } from './canvas-shapes.ts'
import { drawLane } from './gantt-bars.ts'
import { drawLoad } from './gantt-load.ts'
import { axisHeight, type GanttRow, headHeight, laneHeight, laneOf } from './gantt-rows.ts'
import type { GanttCanvas, GanttView } from './gantt-view.ts'
import { markText, marksOf, pixelOf } from './time-scale.ts'
import { visibleLine } from './visible-text.ts'

/** Draws all of it over what was there. */
export function drawGantt(canvas: GanttCanvas, view: GanttView): void {
  const { context, width, height } = canvas
  context.clearRect(0, 0, width, height)
  context.save()
  context.beginPath()
  context.rect(0, headHeight, width, height - headHeight)
  context.clip()
  drawMarks(canvas, view)
  for (const row of view.rows) {
    const top = headHeight + row.top - view.scrolled
    if (top + row.height < headHeight || top > height) continue
    if (row.kind === 'lane') drawLane(canvas, view, row, top)
  }
  drawArrow(canvas, view)
  // The names of workers stand above the line of a chosen attempt, which would strike them through.
  for (const row of view.rows) {
    const top = headHeight + row.top - view.scrolled
    if (row.kind === 'worker' && top + row.height >= headHeight && top <= height) drawWorker(canvas, view, row, top)
  }
  context.restore()
  drawAxis(canvas, view)
  drawLoad(canvas, view)
}

function drawMarks({ context, height, colours }: GanttCanvas, { scale }: GanttView): void {
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.beginPath()
  for (const mark of marksOf(scale)) {
    const x = Math.round(pixelOf(scale, mark)) + 0.5
    context.moveTo(x, headHeight)
    context.lineTo(x, height)
  }
  context.stroke()
}

function drawAxis({ context, width, colours }: GanttCanvas, { scale }: GanttView): void {
  const marks = marksOf(scale)
  const step = (marks[1] ?? 0) - (marks[0] ?? 0)
  context.fillStyle = colours.muted
  context.font = `11px ${colours.font}`
  context.textBaseline = 'middle'
  for (const mark of marks) {
    const text = markText(mark, step)
    const half = context.measureText(text).width / 2
    const x = Math.min(width - 2 * half - 2, Math.max(2, pixelOf(scale, mark) - half))
    context.fillText(text, x, axisHeight / 2)
  }
}

function drawWorker(
  { context, width, colours }: GanttCanvas,
  view: GanttView,
  { worker, height }: GanttRow,
  top: number,
): void {
  const { id = '', share = 0, slots = 1, attempts = 0 } = view.workers[worker] ?? {}
  context.textBaseline = 'middle'
  context.font = `600 12px ${colours.font}`
  const name = clipped(context, visibleLine(id), Math.max(60, width - 210))
  const after = 4 + context.measureText(name).width + 10
  context.font = `11px ${colours.font}`
  context.fillStyle = colours.muted
  const busy = [`${Math.round(share * 100)} % busy`, countText(slots, 'slot'), countText(attempts, 'attempt')]
  const figures = clipped(context, busy.join(' · '), width - after - 4)
  context.clearRect(0, top, after + context.measureText(figures).width + 6, height)
  context.fillText(figures, after, top + 15)
  context.font = `600 12px ${colours.font}`
  context.fillStyle = colours.text
  context.fillText(name, 4, top + 15)
}

/** From the end of what the selected attempt waited for to its launch. */
function drawArrow({ context, colours }: GanttCanvas, view: GanttView): void {
  const { attempts, scale } = view
  const at = view.selected >= 0 ? view.selected : view.hovered
  if (at < 0) return
  const y = middleOf(view, at)
  const launched = pixelOf(scale, attempts.launched(at))
  const ready = pixelOf(scale, attempts.ready(at))
  const source = sourceOf(view, at)
  context.strokeStyle = colours.accent
  context.fillStyle = colours.accent
  context.lineWidth = 1.5
  // Dashed as far as it was held up or backed off, whole where it was ready and waited for room.
  context.setLineDash([3, 3])
  context.beginPath()
  if (source === undefined) context.moveTo(ready, y)
  else context.moveTo(pixelOf(scale, attempts.closed(source)), middleOf(view, source))
  context.lineTo(Math.min(ready, launched), y)
  context.stroke()
  context.setLineDash([])
  context.beginPath()
  context.moveTo(Math.min(ready, launched), y)
  context.lineTo(launched, y)
  context.stroke()
  context.beginPath()
  context.moveTo(launched + 1, y)
  context.lineTo(launched - 6, y - 4)
  context.lineTo(launched - 6, y + 4)
  context.fill()
}

/** The attempt that it waited for: the one before it, or the last one of the task that made it ready. */
function sourceOf({ attempts }: GanttView, at: number): number | undefined {
  const n = attempts.n(at)
  if (n > 1) return attempts.ofTask(attempts.task(at))[n - 2]
  const waitedFor = attempts.waitedFor(at)
  return waitedFor === undefined ? undefined : attempts.ofTask(waitedFor).at(-1)
}

function middleOf({ rows, attempts, scrolled }: GanttView, at: number): number {
  const top = laneOf(rows, attempts, at)?.top ?? 0
  return headHeight + top - scrolled + (laneHeight - 1) / 2
}

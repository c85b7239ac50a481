// One lane of the timeline: a bar for each attempt, as many of them as can be told apart.
import { type Box, clipped, hatch, roundBox } from './canvas-shapes.ts'
import { firstAfter, type GanttRow, laneHeight } from './gantt-rows.ts'
import type { GanttCanvas, GanttView } from './gantt-view.ts'
import { statusOfLetter } from './status.ts'
import { pixelOf } from './time-scale.ts'
import { visibleLine } from './visible-text.ts'

const barHeight = laneHeight - 5

/** Narrowest bar that has room for a name, in pixels. */
const narrowestNamed = 44

/** Draws the attempts of a lane whose upper edge is at `top`. */
export function drawLane(canvas: GanttCanvas, view: GanttView, row: GanttRow, top: number): void {
  const { context, width } = canvas
  const { attempts, scale, selected, hovered } = view
  let drawn = -1
  for (let index = firstAfter(row, attempts, scale.fromMs); index < row.attempts.length; index++) {
    const at = row.attempts[index] ?? 0
    const from = pixelOf(scale, attempts.launched(at))
    if (from > width) break
    const to = pixelOf(scale, attempts.closed(at))
    // Thousands of bars may share a pixel: one of them is drawn, and every one that did not pass.
    const isPlain = attempts.state(at) === 'p' && at !== selected && at !== hovered
    if (isPlain && to < drawn + 0.6) continue
    drawn = to
    const x = Math.max(-2, from)
    drawBar(canvas, view, at, { x, y: top + 2, width: Math.max(1, Math.min(width + 2, to) - x) })
  }
  context.globalAlpha = 1
}

function drawBar(
  canvas: GanttCanvas,
  { attempts, scale, path, selected, hovered }: GanttView,
  at: number,
  box: Box,
): void {
  const { context, colours } = canvas
  const status = statusOfLetter(attempts.state(at)).name
  const look = colours.bars[status] ?? colours.bars['cancelled']
  const ink = look?.ink ?? colours.text
  const started = pixelOf(scale, attempts.started(at))
  const gap = box.width > 3 ? 0.5 : 0
  context.fillStyle = look?.fill ?? colours.line
  roundBox(context, { ...box, width: Math.max(0.75, box.width - gap) }, barHeight)
  context.fill()
  if (started > box.x + 1) {
    context.fillStyle = colours.starting
    context.fillRect(box.x, box.y, Math.min(box.width, started - box.x), barHeight)
  }
  if (status !== 'passed' && box.width > 2) hatch(context, box, barHeight, ink)
  if (path.has(at)) {
    context.fillStyle = colours.accent
    context.fillRect(box.x, box.y + barHeight + 0.5, Math.max(1, box.width - gap), 2)
  }
  if (at === selected || at === hovered) {
    context.strokeStyle = at === selected ? colours.accent : colours.text
    context.lineWidth = 2
    roundBox(context, { x: box.x - 1, y: box.y - 1, width: Math.max(3, box.width + 2) }, barHeight + 2)
    context.stroke()
  }
  if (box.width >= narrowestNamed) drawName(canvas, shortName(visibleLine(attempts.task(at))), box, ink)
}

function drawName({ context, colours }: GanttCanvas, name: string, box: Box, ink: string): void {
  context.font = `11px ${colours.font}`
  context.textBaseline = 'middle'
  context.fillStyle = ink
  const left = Math.max(box.x, 0) + 5
  context.fillText(clipped(context, name, box.x + box.width - left - 5), left, box.y + barHeight / 2 + 0.5)
}

/** The last part of a path says which file it is. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1) || name
}

// Shapes of the timeline as a canvas draws them. They know nothing of attempts.

/** Where a bar lies, in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** The outline of a bar, with round corners where there is room. */
export function roundBox(context: CanvasRenderingContext2D, { x, y, width }: Box, height: number): void {
  context.beginPath()
  if (width > 6) context.roundRect(x, y, width, height, 3)
  else context.rect(x, y, width, height)
}

/** What did not pass has lines across it, for those who do not see the colour. */
export function hatch(context: CanvasRenderingContext2D, { x, y, width }: Box, height: number, ink: string): void {
  context.save()
  context.beginPath()
  context.rect(x, y, Math.min(width, 4000), height)
  context.clip()
  context.strokeStyle = ink
  context.globalAlpha = 0.28
  context.lineWidth = 1.5
  context.beginPath()
  for (let left = Math.max(x, 0) - height; left < Math.min(x + width, x + 4000); left += 6) {
    context.moveTo(left, y + height)
    context.lineTo(left + height, y)
  }
  context.stroke()
  context.restore()
}

/** A text as far as there is room. */
export function clipped(context: CanvasRenderingContext2D, text: string, width: number): string {
  const cut = text.length > 300 ? text.slice(0, 300) : text
  if (context.measureText(cut).width <= width) return cut
  let low = 0
  let high = cut.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (context.measureText(`${cut.slice(0, middle)}…`).width <= width) low = middle
    else high = middle - 1
  }
  return low < 2 ? '' : `${cut.slice(0, low)}…`
}

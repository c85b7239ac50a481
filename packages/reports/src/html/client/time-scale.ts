// Which part of the run the timeline shows, and how time becomes pixels. Without a canvas, so that it is tested without a
// browser.

/** A part of the run on a number of pixels. */
export interface TimeScale {
  readonly fromMs: number
  readonly toMs: number
  readonly width: number
}

/** Shortest part that can be looked at, in milliseconds. */
const shortestMs = 1

/** The pixel of a time. */
export function pixelOf({ fromMs, toMs, width }: TimeScale, ms: number): number {
  return ((ms - fromMs) / (toMs - fromMs)) * width
}

/** The time of a pixel. */
export function timeOf({ fromMs, toMs, width }: TimeScale, pixel: number): number {
  return fromMs + (pixel / width) * (toMs - fromMs)
}

/** Zooms by a factor (2 shows half as much), holding a pixel where it is; stays within the run. */
export function zoomed(scale: TimeScale, factor: number, pixel: number, endMs: number): TimeScale {
  const length = Math.min(Math.max(endMs, shortestMs), Math.max(shortestMs, (scale.toMs - scale.fromMs) / factor))
  const fromMs = timeOf(scale, pixel) - (pixel / scale.width) * length
  return within({ ...scale, fromMs, toMs: fromMs + length }, endMs)
}

/** Moves by pixels; stays within the run. */
export function panned(scale: TimeScale, pixels: number, endMs: number): TimeScale {
  const by = (pixels / scale.width) * (scale.toMs - scale.fromMs)
  return within({ ...scale, fromMs: scale.fromMs + by, toMs: scale.toMs + by }, endMs)
}

function within(scale: TimeScale, endMs: number): TimeScale {
  const length = scale.toMs - scale.fromMs
  const fromMs = Math.max(0, Math.min(scale.fromMs, Math.max(endMs, shortestMs) - length))
  return { ...scale, fromMs, toMs: fromMs + length }
}

/** Times for the marks of the axis: round ones, some hundred pixels apart. */
export function marksOf({ fromMs, toMs, width }: TimeScale, apart = 90): readonly number[] {
  const wanted = ((toMs - fromMs) * apart) / width
  const steps = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    1_800_000, 3_600_000,
  ]
  const step = steps.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / 3_600_000) * 3_600_000
  const marks: number[] = []
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) marks.push(at)
  return marks
}

/** A mark in words, as short as its distance to the next allows. */
export function markText(ms: number, stepMs: number): string {
  if (stepMs < 1000) return stepMs < 100 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`
  const minutes = Math.floor(ms / 60_000)
  const rest = `${minutes % 60}:${String(Math.round(ms / 1000) % 60).padStart(2, '0')}`
  return minutes < 60 ? `${rest} min` : `${Math.floor(minutes / 60)}:${rest.padStart(5, '0')} h`
}

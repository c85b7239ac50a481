// Where each attempt stands in the timeline, and what lies under a point of it.
import { lastUpTo } from '../../timeline/last-up-to.ts'
import type { ReportData } from '../report-data.ts'
import type { Attempts } from './attempts.ts'

/** Height of the axis above all rows, in pixels. */
export const axisHeight = 24

/** Height of the curve of load below the axis, in pixels. */
export const loadHeight = 30

/** Where the rows begin, in pixels: what stands above them does not scroll. */
export const headHeight: number = axisHeight + loadHeight

/** Height of a lane, in pixels. */
export const laneHeight = 20

const workerHeight = 26

/** A worker's heading or one of its lanes. */
export interface GanttRow {
  readonly kind: 'worker' | 'lane'
  readonly worker: number
  readonly lane: number
  readonly top: number
  readonly height: number
  /** Attempts of a lane, in order of time. */
  readonly attempts: readonly number[]
}

/** All rows, top to bottom. */
export function ganttRows(data: ReportData, attempts: Attempts): readonly GanttRow[] {
  const lanes = data.workers.map(({ lanes: count }) => Array.from({ length: count }, (): number[] => []))
  for (let at = 0; at < attempts.length; at++) lanes[attempts.worker(at)]?.[attempts.lane(at)]?.push(at)
  const rows: GanttRow[] = []
  let top = 0
  const add = (row: Omit<GanttRow, 'top'>): void => {
    rows.push({ ...row, top })
    top += row.height
  }
  lanes.forEach((ofWorker, worker) => {
    add({ kind: 'worker', worker, lane: -1, height: workerHeight, attempts: [] })
    ofWorker.forEach((list, lane) => add({ kind: 'lane', worker, lane, height: laneHeight, attempts: list }))
  })
  return rows
}

/** Height of all rows. */
export function heightOf(rows: readonly GanttRow[]): number {
  const last = rows.at(-1)
  return last === undefined ? 0 : last.top + last.height
}

/** The row at a height; rows lie without gaps. */
export function rowAt(rows: readonly GanttRow[], y: number): GanttRow | undefined {
  const row = rows[lastUpTo(rows.length, (at) => (rows[at]?.top ?? 0) <= y)]
  return row !== undefined && y < row.top + row.height ? row : undefined
}

/** Position in a lane of the first attempt that ends after a time. */
export function firstAfter(row: GanttRow, attempts: Attempts, ms: number): number {
  return lastUpTo(row.attempts.length, (index) => attempts.closed(row.attempts[index] ?? 0) < ms) + 1
}

/** The lane of an attempt; nothing for an attempt that is not there. */
export function laneOf(rows: readonly GanttRow[], attempts: Attempts, at: number): GanttRow | undefined {
  if (at < 0) return undefined
  return rows.find(({ worker, lane }) => worker === attempts.worker(at) && lane === attempts.lane(at))
}

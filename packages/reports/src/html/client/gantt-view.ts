// What the timeline is drawn from and on, so that drawing knows nothing of pointers and keys.
import type { PageWorker } from '../report-data.ts'
import type { Attempts } from './attempts.ts'
import type { GanttColours } from './gantt-colours.ts'
import type { GanttRow } from './gantt-rows.ts'
import type { LoadChange } from './load-change.ts'
import type { TimeScale } from './time-scale.ts'

/** What is to be seen at one moment. */
export interface GanttView {
  readonly attempts: Attempts
  readonly workers: readonly PageWorker[]
  readonly rows: readonly GanttRow[]
  /** Attempts of the critical path. */
  readonly path: ReadonlySet<number>
  readonly load: readonly LoadChange[]
  readonly scale: TimeScale
  /** Pixels of the rows that are scrolled away above. */
  readonly scrolled: number
  /** The attempt that keys or a click chose, or -1. */
  readonly selected: number
  /** The attempt below the pointer, or -1. */
  readonly hovered: number
}

/** Where it is drawn; sizes in pixels of the page. */
export interface GanttCanvas {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly colours: GanttColours
}

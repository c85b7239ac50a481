// What the board is drawn from: the state of a run at one moment, and the room there is to show it.
import type { CaseCounts, VerdictKind } from '@muster/core'
import type { RunningAttempt } from '../progress/live-attempts.ts'
import type { HeldBack } from '../progress/holds.ts'
import type { ShownPhase, TaskProgress } from '../progress/run-progress.ts'
import type { TimeLeft } from '../progress/time-left.ts'

/** What the board shows at one moment. */
export interface BoardModel {
  readonly project: string
  readonly run: string
  readonly strategy: string
  readonly phase: ShownPhase
  readonly elapsedMs: number
  readonly fraction: number
  readonly timeLeft: TimeLeft
  readonly tasks: TaskProgress
  readonly slots: number
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>
  /** Cases of accepted attempts. */
  readonly cases: CaseCounts
  readonly running: readonly RunningAttempt[]
  readonly held: HeldBack
  readonly nowMs: number
}

/** The size of the terminal. */
export interface BoardSize {
  readonly columns: number
  readonly rows: number
}

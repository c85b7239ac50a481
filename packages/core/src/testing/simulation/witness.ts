// Who watches a simulated run from outside the coordinator. Store and cluster tell it what really happened, in the order in
// which it happened; it throws `LawBroken` where that must not be.
import type { AttemptRef } from '../../model/attempt.ts'
import type { LaunchCommand } from '../../ports/engine.ts'
import type { CommitRecord } from '../../run/entry.ts'
import type { AttemptSignal, WorkerSignal } from '../../run/signal.ts'

/** What is seen from outside a coordinator. */
export interface Witness {
  /** Somebody became the owner of the run. */
  opened(epoch: number): void
  /** A row was made durable. */
  stored(epoch: number, seq: number, bytes: string, commit: CommitRecord): void
  /** The cluster told a signal for the first time. */
  told(signal: AttemptSignal | WorkerSignal): void
  /** An owner answered for an attempt itself: nothing of it lives. */
  answeredLost(attempt: AttemptRef): void
  launched(epoch: number, command: LaunchCommand): void
  cancelled(epoch: number, attempt: AttemptRef): void
  /** The owner let go of a signal: it will not be told again. */
  acknowledged(epoch: number, signal: AttemptSignal): void
  /** Says what happened, for people. */
  note(text: () => string): void
}

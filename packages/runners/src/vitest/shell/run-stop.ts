// Ends what Vitest runs for an attempt when its time is over or somebody cancelled it. A worker can be killed alone, as if its
// test had done it, and then the rest of the file can still be run; a cancelled Vitest runs nothing any more.
import type { Overtime } from '../../outcome/shell/overtime.ts'
import { stopOf, type Stop } from '../../outcome/stop.ts'
import type { Round } from '../lane-attempt.ts'

/** After a cancel, how long a worker may take to notice before it is killed, in milliseconds. */
const graceMs = 300

/** What is stopped. */
export interface StoppableRun {
  /** Signal of the attempt. */
  readonly signal: AbortSignal
  readonly overtime: Overtime
  /** Processes that run its tests now; none where threads do. */
  readonly pids: () => readonly number[]
  /** Has Vitest begin nothing more. */
  readonly cancel: () => void
}

/** Watches over one attempt; it must be disposed of. */
export class RunStop implements Disposable {
  readonly #run: StoppableRun
  #timer: NodeJS.Timeout | undefined
  #stop: Stop | undefined
  #stalledMs: number | undefined

  constructor(run: StoppableRun) {
    this.#run = run
    run.signal.addEventListener('abort', this.#endRound, { once: true })
    run.overtime.end.addEventListener('abort', this.#cancel, { once: true })
  }

  /** Ends the running round alone: a test of it blocks its process for longer than the `limitMs` that Vitest gives it. */
  endStalled(limitMs: number): void {
    this.#stalledMs = limitMs
    this.#kill('timed-out')
  }

  /** Why the round that has just come to its end was ended, where it was, and for which limit of Vitest's own. */
  take(): Pick<Round, 'stop' | 'stalledMs'> {
    const taken = { stop: this.#stop, stalledMs: this.#stalledMs }
    this.#stop = undefined
    this.#stalledMs = undefined
    return taken
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#run.signal.removeEventListener('abort', this.#endRound)
    this.#run.overtime.end.removeEventListener('abort', this.#cancel)
  }

  readonly #endRound = (): void => {
    if (stopOf(this.#run.signal) === 'timed-out' && this.#run.pids().length > 0) this.#kill()
    else this.#cancel()
  }

  readonly #cancel = (): void => {
    if (this.#timer !== undefined) return
    this.#run.cancel()
    // Again and again: a run that had not quite begun does not hear the first cancel.
    this.#timer = setInterval(() => this.#kill(), graceMs)
    this.#stop = stopOf(this.#run.signal)
  }

  #kill(stop = stopOf(this.#run.signal)): void {
    this.#stop = stop
    for (const pid of this.#run.pids()) killQuietly(pid)
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

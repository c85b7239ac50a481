// Lets batches of tasks into a run on credit: only so many chunks are under way that the journal keeps up with them, and what
// ends meanwhile is heard between them. The rest waits as it was handed in, however large it is.
import type { AddTasksSignal, ControlSignal } from '../run/signal.ts'
import { taskChunks } from './task-chunks.ts'
import type { TaskBatch } from './task-batch.ts'

/** Chunks that are told and not yet durable at most: one that is being written, one that waits for it. */
const credit = 2

/** Something that waits for its turn. */
type Waiting =
  | { readonly kind: 'batch'; readonly chunks: Iterator<AddTasksSignal, void>; readonly recorded: () => void }
  | { readonly kind: 'signal'; readonly signal: ControlSignal }

/** The way of additions into a run. */
export class TaskIntake {
  readonly #tell: (signal: ControlSignal, acknowledge?: () => void) => void
  readonly #waiting: Waiting[] = []
  #underWay = 0

  /** `tell` calls `acknowledge` once the signal is durable. */
  constructor(tell: (signal: ControlSignal, acknowledge?: () => void) => void) {
    this.#tell = tell
  }

  /** Hands in a batch; `recorded` is called once all of it is durable. */
  add(batch: TaskBatch, recorded: () => void): void {
    this.#waiting.push({ kind: 'batch', chunks: taskChunks(batch), recorded })
    this.#goOn()
  }

  /** Tells what may be about tasks that are on their way, once they were told. */
  tellAfter(signal: ControlSignal): void {
    this.#waiting.push({ kind: 'signal', signal })
    this.#goOn()
  }

  #goOn(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (next.kind === 'signal') {
        this.#waiting.shift()
        this.#tell(next.signal)
        continue
      }
      if (this.#underWay >= credit) return
      const { value: chunk } = next.chunks.next()
      if (chunk === undefined) this.#waiting.shift()
      else this.#tellChunk(chunk, next.recorded)
    }
  }

  #tellChunk(chunk: AddTasksSignal, recorded: () => void): void {
    this.#underWay++
    this.#tell(chunk, () => {
      this.#underWay--
      if (chunk.more !== true) recorded()
      this.#goOn()
    })
  }
}

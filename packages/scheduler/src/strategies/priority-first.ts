// Priorities, without anybody who waits for ever: waiting counts. All priorities grow at the same rate, so the order of two
// tasks that wait never changes, and a key worked out when a task becomes ready holds for as long as it waits.
import { MusterError, type Policy } from '@muster/core'

/** How priorities count. */
export interface PriorityOptions {
  /** Milliseconds of waiting that count as one more of `priority`. `Infinity`: waiting counts nothing. @defaultValue `60_000` */
  readonly ageMs?: number | undefined
}

/**
 * The task with the largest `priority` first; what has waited for `ageMs` counts for one more.
 *
 * *When to use*: some tasks matter more, and work keeps coming. Measure: wait of the urgent, and with ageing the longest wait.
 *
 * @example
 * ```ts
 * priorityFirst({ ageMs: 10_000 }) // after 20 s a task of priority 0 goes before a new one of priority 1
 * ```
 */
export function priorityFirst({ ageMs = 60_000 }: PriorityOptions = {}): Policy {
  if (!(ageMs > 0)) throw new MusterError('OPTIONS_INVALID', { expected: 'ageMs above 0', got: String(ageMs) })
  return {
    name: 'priority-first',
    key: ({ definition: { priority = 0 }, nowMs = 0 }) => nowMs / ageMs - (Number.isFinite(priority) ? priority : 0),
  }
}

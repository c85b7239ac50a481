// When a warm agent has served long enough. What tests leave in a process (listeners, caches, memory that nobody frees)
// adds up, so a fresh one now and then keeps them from meeting each other's remains.

/** When the process that runs attempts is replaced by a fresh one. Never in the middle of an attempt, and at no attempt's cost. */
export interface RecycleOptions {
  /** After so many attempts; 1 gives each attempt a process of its own. @defaultValue no limit */
  readonly afterAttempts?: number | undefined
  /** When it is so old, in milliseconds. @defaultValue no limit */
  readonly afterMs?: number | undefined
  /** When it and what it keeps warm hold so much memory between attempts, in bytes. Linux only. @defaultValue no limit */
  readonly aboveMemoryBytes?: number | undefined
}

/** How much an agent has served. */
export interface Wear {
  readonly attempts: number
  readonly ageMs: number
  /** Asked for only where it matters. */
  readonly memoryBytes: () => number
}

/** Whether an agent is to be replaced before the next attempt. */
export function isWorn({ attempts, ageMs, memoryBytes }: Wear, recycle: RecycleOptions): boolean {
  const { afterAttempts = Infinity, afterMs = Infinity, aboveMemoryBytes } = recycle
  if (attempts >= afterAttempts || ageMs >= afterMs) return true
  return aboveMemoryBytes !== undefined && memoryBytes() > aboveMemoryBytes
}

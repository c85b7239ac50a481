// Processes that the kernel is taking away when somebody looks. Nothing of their program runs any more, so they are no leak
// and nobody has to wait for them; only one that does not get out of the kernel in time is told and killed like any other.
import type { Member } from './slot-members.ts'

/** How long the kernel may take over it, in milliseconds: it gives back all memory of the process first. */
export const longestLeaveMs = 1000
/** So many looks find somebody new on its way out before it is not believed: one may start another each time just before. */
const mostLooks = 3

/** Tells those on their way out from those that stay. */
export class Leaving {
  readonly #sinceMs = new Map<string, number>()

  /**
   * Looks until everybody on its way out was so when the list was made: it may have started another one between the list
   * and the look at it. Who takes too long is not said to be ending.
   */
  judge(look: () => readonly Member[], nowMs: number): readonly Member[] {
    let before: ReadonlySet<string> = new Set()
    for (let looks = 1; ; looks += 1) {
      const members = look()
      const isSure = (one: Member): boolean => !one.isEnding || before.has(nameOf(one))
      if (members.every(isSure) || looks === mostLooks)
        return this.#inTime(
          members.map((one) => (isSure(one) ? one : { ...one, isEnding: false })),
          nowMs,
        )
      before = new Set(members.filter(({ isEnding }) => isEnding).map(nameOf))
    }
  }

  #inTime(members: readonly Member[], nowMs: number): readonly Member[] {
    const leaving = new Map(
      members.filter(({ isEnding }) => isEnding).map((one) => [nameOf(one), this.#sinceMs.get(nameOf(one)) ?? nowMs]),
    )
    this.#sinceMs.clear()
    for (const [name, sinceMs] of leaving) this.#sinceMs.set(name, sinceMs)
    return members.map((one) => {
      const sinceMs = leaving.get(nameOf(one))
      return sinceMs !== undefined && nowMs - sinceMs > longestLeaveMs ? { ...one, isEnding: false } : one
    })
  }
}

function nameOf({ pid, startedAt }: Member): string {
  return `${pid}@${startedAt}`
}

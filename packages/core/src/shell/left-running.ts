// One sentence for processes that were left behind, whoever found them.
import { leaksText } from '../model/leaks-text.ts'
import type { Leaks } from '../model/outcome.ts'

/** What is told of a task that left processes running. */
export function leftRunning(task: string, leaks: Leaks): string {
  return `${task} left ${leaksText(leaks)}; killed after it ended.`
}

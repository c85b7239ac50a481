// One sentence for processes that were left behind, whoever found them.

/** What is told of a task that left processes running. */
export function leftRunning(task: string, count: number): string {
  return `${task} left ${count} ${count === 1 ? 'process' : 'processes'} running, killed after it ended.`
}

// Where a task stands, as a small integer in the task table.

/** The states of a task. `deciding` lasts only inside one commit: an attempt is over and what follows is not yet decided. */
export const taskStatus = {
  waiting: 0,
  ready: 1,
  running: 2,
  backingOff: 3,
  deciding: 4,
  judged: 5,
} as const

/** One of the states of a task. */
export type TaskStatus = (typeof taskStatus)[keyof typeof taskStatus]

const names = ['waiting', 'ready', 'running', 'backing-off', 'deciding', 'judged'] as const

/** The state's name for people. */
export function taskStatusName(status: number): (typeof names)[number] {
  return names[status] ?? 'waiting'
}

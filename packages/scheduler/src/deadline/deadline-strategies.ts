// Orders by deadlines alone: the two classics. Both are right as long as all deadlines can be met, and both throw good time
// after those that cannot be met any more; `deadlineAware` is for that.
import type { Policy, TaskView } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/** Key of a task without a deadline: behind all others, and finite, since keys are subtracted. */
export const noDeadline: number = Number.MAX_VALUE

/**
 * The earliest deadline first; tasks without one last.
 *
 * *When to use*: all deadlines can be met: then this order meets them, if any order does.
 */
export function earliestDeadlineFirst(): Policy {
  return { name: 'deadline', key: ({ definition }) => deadlineOf(definition) }
}

/**
 * The least time to spare first: its deadline less the time that it takes. Slack shrinks alike for all that wait, so their
 * order stays the same.
 *
 * *When to use*: lengths differ much, and a long task has to begin early to be over in time.
 */
export function leastSlackFirst(): Policy {
  return { name: 'least-slack', key: slackKey }
}

/** A deadline as a key; what is no time is none. */
export function deadlineOf({ deadlineMs }: TaskView['definition']): number {
  return deadlineMs === undefined || Number.isNaN(deadlineMs)
    ? noDeadline
    : Math.max(-noDeadline, Math.min(noDeadline, deadlineMs))
}

function slackKey({ definition, facts }: TaskView): number {
  const deadlineMs = deadlineOf(definition)
  return deadlineMs === noDeadline ? noDeadline : deadlineMs - (expectedDurationMs(definition, facts) ?? 0)
}

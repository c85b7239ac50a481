// What an attempt waited for, in words that stand after "waited for".
import type { RunReport } from '@muster/core'
import { plainLine } from '../text/plain-text.ts'
import type { QueueReason } from './timeline.ts'

/** `a slot`, `lock db, held by e2e/login`, `what was not recorded`. */
export function queueText(reason: QueueReason, { tasks }: Pick<RunReport, 'tasks'>): string {
  switch (reason.kind) {
    case 'slot':
      return 'a slot: every one was taken'
    case 'held':
      return `${plainLine(reason.name)}, held by ${plainLine(tasks[reason.by]?.id ?? '')}`
    case 'unknown':
      return 'something that was not recorded, while a slot was free'
  }
}

// Why a run ended as it did, in one sentence: the first thing a person or a log reader wants to know.
import type { RunReport } from '@muster/core'
import { countText } from '../text/count-text.ts'

/**
 * The run's result in one sentence.
 *
 * @example
 * ```ts
 * exitSentence(report) // '2 of 40 tasks did not pass: 1 failed, 1 blocked.'
 * ```
 */
export function exitSentence(report: Pick<RunReport, 'exit' | 'totals'>): string {
  const { totals } = report
  switch (report.exit) {
    case 'passed':
      return passedSentence(totals)
    case 'failed': {
      const kinds = ['failed', 'timed-out', 'blocked', 'cancelled', 'poisoned', 'unplaceable'] as const
      const bad = kinds.filter((kind) => totals[kind] > 0)
      const count = bad.reduce((sum, kind) => sum + totals[kind], 0)
      return `${count} of ${countText(totals.tasks, 'task')} did not pass: ${bad.map((kind) => `${totals[kind]} ${kind}`).join(', ')}.`
    }
    case 'nothing-ran':
      return totals.tasks === 0
        ? 'Nothing ran: there was no task to run.'
        : `Nothing ran: ${countText(totals.tasks, 'task')}, of which ${totals.skipped} ${totals.skipped === 1 ? 'was' : 'were'} skipped.`
    case 'interrupted':
      return `The run was interrupted: ${totals.open} of ${countText(totals.tasks, 'task')} ${totals.open === 1 ? 'has' : 'have'} no verdict.`
  }
}

function passedSentence(totals: RunReport['totals']): string {
  const { flaky, skipped } = totals
  const beside = [
    ...(flaky === 0 ? [] : [`${flaky} only after a retry`]),
    ...(skipped === 0 ? [] : [`${skipped} ${skipped === 1 ? 'was' : 'were'} skipped`]),
  ]
  const ran = totals.passed + flaky
  const more = beside.length === 0 ? '' : `, ${beside.join(', ')}`
  return skipped === 0 && ran === totals.tasks && ran > 1
    ? `All ${countText(ran, 'task')} passed${more}.`
    : `${countText(ran, 'task')} passed${more}.`
}

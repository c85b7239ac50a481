// Why a task is where it is in a plan, in words.
import { formatDuration, formatRange } from '../terminal/format-time.ts'
import type { PlanView } from './plan-view.ts'

/** The explanation of a task that has not run. */
export interface PlannedExplanation {
  readonly task: string
  readonly status: 'planned'
  readonly sentences: readonly string[]
  readonly waitsFor: readonly string[]
}

/** Explains a task of the plan. */
export function explainPlanned(plan: PlanView, id: string): PlannedExplanation {
  const at = plan.tasks.findIndex((task) => task.id === id)
  const task = plan.tasks[at]
  const waitsFor = task?.dependsOn ?? []
  const sentences = [
    'No run that was looked into has it; this is what the plan says.',
    ...(task?.idle === undefined
      ? [
          `It would start as number ${String(at + 1)} of ${String(plan.tasks.length)}${startText(plan, task?.startMs)}, by ${plan.strategy.name} (${plan.strategy.because}).`,
        ]
      : [`It would not run. ${task.idle}`]),
    ...(waitsFor.length === 0 ? ['It waits for nothing.'] : [`It waits for ${waitsFor.join(', ')}.`]),
    task?.expected === undefined
      ? 'How long it takes is not known yet.'
      : `It is expected to take ${formatRange(task.expected)}.`,
    ...(plan.criticalPath?.tasks.includes(id) === true && plan.criticalPath.tasks.length > 1
      ? ['It lies on the critical path: while it is late, the whole run is.']
      : []),
  ]
  return { task: id, status: 'planned', sentences, waitsFor }
}

function startText(plan: PlanView, startMs: number | undefined): string {
  return plan.times === undefined || startMs === undefined ? '' : `, after about ${formatDuration(startMs)}`
}

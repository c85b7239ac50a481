// A plan as text: one row a task in the order in which they would start, and below it what the whole comes to.
import { renderTable } from '../tables/render-table.ts'
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { PlannedTask, PlanView } from './plan-view.ts'

/** The lines of a plan. */
export function renderPlan(plan: PlanView, columns: number, look: Look): readonly string[] {
  const { paint } = look
  const kinds = new Set(plan.tasks.map(({ kind }) => kind))
  const [titles = '', ...rows] = renderTable(
    [
      { title: '#', align: 'right' },
      { title: 'task', gives: true },
      { title: 'runner', leaves: 2 },
      { title: 'start', align: 'right' },
      { title: 'takes', align: 'right' },
      { title: 'range', align: 'right', leaves: 1 },
      { title: 'after', gives: true },
    ],
    plan.tasks.map((task, at) => row(task, at, plan, kinds.size > 1)),
    columns,
  )
  return [...(plan.tasks.length === 0 ? [] : [paint('bold', titles), ...rows, '']), ...footer(plan, look)]
}

function row(task: PlannedTask, at: number, plan: PlanView, showsKind: boolean): readonly string[] {
  const { expected, startMs, idle } = task
  const showsTimes = plan.times !== undefined
  return [
    String(at + 1),
    oneLine(task.id),
    showsKind ? task.kind : '',
    idle !== undefined ? 'never' : showsTimes && startMs !== undefined ? formatDuration(startMs) : '',
    expected === undefined ? (showsTimes && idle === undefined ? 'unknown' : '') : formatDuration(expected.medianMs),
    expected === undefined || expected.samples < 2
      ? ''
      : `${formatDuration(expected.p10Ms)} to ${formatDuration(expected.p90Ms)}`,
    idle === undefined ? waits(task.dependsOn) : oneLine(idle),
  ]
}

function waits(dependsOn: readonly string[]): string {
  const [first, second, ...rest] = dependsOn.map(oneLine)
  if (first === undefined) return ''
  const named = second === undefined ? first : `${first}, ${second}`
  return rest.length === 0 ? named : `${named} and ${String(rest.length)} more`
}

function footer(plan: PlanView, { paint }: Look): readonly string[] {
  const { tasks, groups, dependencies, slots, strategy, times, criticalPath } = plan
  const size = [
    countText(tasks.length, 'task'),
    ...(groups.length > 0 ? [countText(groups.length, 'group')] : []),
    ...(dependencies > 0 ? [countText(dependencies, 'dependency', 'dependencies')] : []),
  ]
  const lines = [
    `${size.join(', ')} on ${countText(slots, 'slot')}, found by ${plan.runners}.`,
    `Strategy: ${strategy.name} (${strategy.because}).`,
  ]
  if (times === undefined)
    lines.push('No durations are known yet: the order is that of the files. They are learned with the first run.')
  else {
    const assumed =
      times.assumed > 0
        ? `, with ${countText(times.assumed, 'task')} of unknown length taken to be ${formatDuration(times.assumedMs)}, the median of the known ones`
        : ''
    lines.push(
      `Expected: about ${formatDuration(times.makespanMs)} for ${formatDuration(times.workMs)} of work${assumed}; no order could take less than ${formatDuration(times.boundMs)}.`,
    )
  }
  if (criticalPath !== undefined && criticalPath.tasks.length > 1) {
    const length = criticalPath.ms === undefined ? '' : ` (${formatDuration(criticalPath.ms)})`
    lines.push(`Critical path${length}: ${criticalPath.tasks.map(oneLine).join(' > ')}`)
  }
  return [...lines, ...plan.warnings.map((warning) => `${paint('yellow', 'note')}: ${oneLine(warning)}`)]
}

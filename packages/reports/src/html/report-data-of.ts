// From a report to what its page shows. All judging happens here, where it is tested without a browser; the script in the page
// only draws.
import type { RunReport, TaskReport } from '@muster/core'
import { isFlaky } from '../cases/report-case.ts'
import { reportCases } from '../cases/report-cases.ts'
import { causesOf } from '../failure/causes.ts'
import { causeTodo } from '../failure/cause-todo.ts'
import { groupText } from '../failure/group-text.ts'
import { projectRootOf } from '../failure/project-root.ts'
import { exitSentence } from '../summary/exit-sentence.ts'
import { nextSteps } from '../summary/next-steps.ts'
import { runTiming } from '../summary/run-timing.ts'
import { isoTime } from '../text/iso-time.ts'
import { criticalPath } from '../timeline/critical-path.ts'
import { fasterBy } from '../timeline/faster-by.ts'
import { timelineOf } from '../timeline/timeline-of.ts'
import { workerUse } from '../timeline/worker-use.ts'
import { artifactColumns, type ArtifactPlaces } from './artifact-columns.ts'
import { attemptColumns } from './attempt-columns.ts'
import { Budget } from './budget.ts'
import { caseColumns } from './case-columns.ts'
import { FailureTable } from './failure-table.ts'
import type { PageCause, PageGroup, PageWorker, ReportData } from './report-data.ts'
import { roundMs } from './round-ms.ts'
import { TextTable } from './text-table.ts'

/** Texts of failures and output that a page holds, in characters. */
const textBudget = { failures: 4_000_000, output: 3_000_000 }
const most = { causes: 500, casesOfCause: 1000, flaky: 500, groups: 200, tasksOfGroup: 50, path: 300, slowest: 15 }

/** Everything that the page of a report shows. */
export function reportDataOf(report: RunReport, command: string, places: ArtifactPlaces = {}): ReportData {
  const texts = new TextTable()
  const spoken = { failures: new Budget(textBudget.failures), output: new Budget(textBudget.output) }
  const rows = reportCases(report)
  const failures = new FailureTable(spoken.failures, projectRootOf(rows))
  const causes = causesOf(report, rows)
  const positions = new Map(rows.map((row, at) => [row, at]))
  const position = (row: (typeof rows)[number]): number => positions.get(row) ?? 0
  const tasks = new Map(report.tasks.map((task) => [task.id, task]))
  // Causes first: what stands at the top of the page must not be what the budget cuts.
  const pageCauses = causes.slice(0, most.causes).map(({ failure, rows: found, blocked, group }): PageCause => ({
    failure: failures.numberOf(failure),
    cases: found.slice(0, most.casesOfCause).map(position),
    blocked,
    todo: causeTodo({ failure, group }, tasks.get(found[0]?.task ?? '')),
    ...(group === undefined ? {} : groupText(group)),
  }))
  const timeline = timelineOf(report)
  const timing = runTiming(report, most.slowest)
  const path = criticalPath(timeline)
  const files = artifactColumns(report, timeline, places)
  const flaky = rows.flatMap((row, at) => (isFlaky(row.case) ? [at] : []))
  return {
    version: 1,
    run: report.run,
    startedAt: isoTime(report.startedAtWallMs),
    durationMs: Math.round(report.durationMs),
    exit: report.exit,
    exitCode: report.exitCode,
    sentence: exitSentence(report),
    tasks: report.totals.tasks,
    cases: caseColumns(rows, texts, failures),
    failures: failures.failures,
    causes: pageCauses,
    ...(report.failureGroups === undefined ? {} : { causesSentence: report.failureGroups.sentence }),
    flaky: flaky.slice(0, most.flaky),
    notRun: notRunGroups(report.tasks),
    next: nextSteps(report, command),
    endMs: Math.round(timeline.endMs),
    workMs: Math.round(timing.workMs),
    workers: workerUse(timeline).map(({ worker, slots, attempts, busyMs, share }, at): PageWorker => ({
      id: worker,
      ...hostOf(timeline.workers[at]?.host),
      slots,
      lanes: timeline.workers[at]?.lanes ?? 1,
      attempts,
      busyMs: roundMs(busyMs),
      share: Math.round(share * 1000) / 1000,
    })),
    attempts: attemptColumns(report, timeline, { texts, budget: spoken.output, artifacts: files.artifacts }),
    pictures: files.pictures,
    path: path
      .slice(-most.path)
      .map(({ attempt, waitedFor, gapMs }) => ({ attempt, waitedFor, gapMs: roundMs(gapMs) })),
    faster: fasterBy(report, timeline).map(({ sentence }) => sentence),
    slowest: timing.slowest.map(({ task, durationMs }) => [texts.numberOf(task), roundMs(durationMs)]),
    leftOut: [
      ...leftOut(causes.length - most.causes, 'cause of failures', 'causes of failures'),
      ...leftOut(flaky.length - most.flaky, 'flaky case', 'flaky cases', ' from their section'),
      ...leftOut(path.length - most.path, 'step', 'steps', ' at the beginning of the critical path'),
      ...leftOut(spoken.failures.cut, 'text of a failure', 'texts of failures', ', cut or left out'),
      ...leftOut(spoken.output.cut, 'output', 'outputs', ', cut or left out'),
      ...leftOut(files.leftOut, 'file', 'files', ' of attempts from the lists of them'),
    ],
    texts: texts.texts,
  }
}

function hostOf(host: string | undefined): { readonly host?: string } {
  return host === undefined ? {} : { host }
}

function leftOut(count: number, one: string, many: string, rest = ''): readonly string[] {
  return count > 0 ? [`${count} ${count === 1 ? one : many}${rest}`] : []
}

/** Tasks that did not run, by why; the largest groups first. */
function notRunGroups(tasks: readonly TaskReport[]): readonly PageGroup[] {
  const groups = new Map<string, { kind: PageGroup['kind']; why: string; tasks: string[]; count: number }>()
  for (const { id, verdict } of tasks) {
    const reason = reasonOf(verdict)
    if (reason === undefined) continue
    const key = `${reason.kind}\n${reason.why}`
    const group = groups.get(key) ?? { ...reason, tasks: [], count: 0 }
    groups.set(key, group)
    group.count += 1
    if (group.tasks.length < most.tasksOfGroup) group.tasks.push(id)
  }
  return Array.from(groups.values())
    .sort((a, b) => b.count - a.count)
    .slice(0, most.groups)
}

function reasonOf(verdict: TaskReport['verdict']): Pick<PageGroup, 'kind' | 'why'> | undefined {
  switch (verdict?.kind) {
    case undefined:
      return { kind: 'open', why: 'the run ended before they did' }
    case 'blocked':
      return { kind: 'blocked', why: verdict.by }
    case 'skipped':
      return { kind: 'skipped', why: verdict.because.slice(0, 500) }
    case 'cancelled':
      return { kind: 'cancelled', why: verdict.by }
    case 'passed':
    case 'flaky':
    case 'failed':
    case 'timed-out':
    case 'poisoned':
    case 'unplaceable':
      return undefined
  }
}

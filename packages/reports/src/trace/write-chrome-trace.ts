// The run as a Chrome trace, which Perfetto and chrome://tracing open: a process for each worker, a thread for each of its
// slots, a bar for each attempt, an arrow from what an attempt waited for last, and counters. Perfetto is better at looking at
// time than any page of ours will be.
import type { RunReport } from '@muster/core'
import { attemptSpans } from '../timeline/attempt-spans.ts'
import { queueText } from '../timeline/queue-text.ts'
import { timelineOf } from '../timeline/timeline-of.ts'
import type { Timeline, TimelineAttempt } from '../timeline/timeline.ts'
import { isoTime } from '../text/iso-time.ts'
import type { TraceArguments, TraceEvent } from './trace-event.ts'

/** The process that counters and waits belong to; workers follow it. */
const runPid = 1

/**
 * The run as Chrome trace JSON.
 *
 * @example
 * ```ts
 * await writeFile('trace.json', writeChromeTrace(await run.report)) // open it at ui.perfetto.dev
 * ```
 */
export function writeChromeTrace(report: RunReport): string {
  const timeline = timelineOf(report)
  const lines = traceEvents(report, timeline).map((event) => JSON.stringify(event))
  const about = {
    generatedBy: '@muster/reports',
    run: report.run,
    exit: report.exit,
    startedAt: isoTime(report.startedAtWallMs),
  }
  // One event a line: the file can be cut, searched and compared with the tools that everybody has.
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n${lines.join(',\n')}\n]}\n`
}

function traceEvents(report: RunReport, timeline: Timeline): readonly TraceEvent[] {
  const events: TraceEvent[] = [...metadata(report, timeline)]
  const lastOfTask = new Map<number, TimelineAttempt>()
  for (const attempt of timeline.attempts) lastOfTask.set(attempt.task, attempt)
  timeline.attempts.forEach((attempt, at) => {
    for (const event of barsOf(report, attempt)) events.push(event)
    for (const event of waitsOf(report, attempt, at)) events.push(event)
    const source = attempt.after === undefined ? undefined : lastOfTask.get(attempt.after)
    if (source !== undefined && attempt.n === 1) events.push(...arrow(source, attempt, at))
  })
  for (const event of counters(timeline)) events.push(event)
  return events
}

function metadata(report: RunReport, { workers }: Timeline): readonly TraceEvent[] {
  const name = (kind: 'process_name' | 'thread_name', pid: number, tid: number, text: string): TraceEvent => ({
    ph: 'M',
    name: kind,
    pid,
    tid,
    args: { name: text },
  })
  const order = (pid: number): TraceEvent => ({
    ph: 'M',
    name: 'process_sort_index',
    pid,
    tid: 0,
    args: { sort_index: pid },
  })
  return [
    name('process_name', runPid, 0, `run ${report.run}`),
    order(runPid),
    ...workers.flatMap(({ id, lanes }, worker) => [
      name('process_name', pidOf(worker), 0, `worker ${id}`),
      order(pidOf(worker)),
      ...Array.from({ length: lanes }, (_, lane) => name('thread_name', pidOf(worker), lane + 1, `slot ${lane + 1}`)),
    ]),
  ]
}

/** The attempt, and within it the time until its executor began. */
function barsOf(report: RunReport, attempt: TimelineAttempt): readonly TraceEvent[] {
  const { task, n, worker, lane, launchedAtMs, startedAtMs, closedAtMs, state } = attempt
  const place = { pid: pidOf(worker), tid: lane + 1 }
  const definition = report.tasks[task]
  const failure = failureOf(report, attempt)
  const args: TraceArguments = {
    attempt: n,
    ended: attempt.cause === undefined ? state : `lost: ${attempt.cause}`,
    kind: definition?.kind ?? '',
    ...(definition?.file === undefined ? {} : { file: definition.file }),
    ...(definition?.dependsOn === undefined ? {} : { waitedFor: definition.dependsOn.join(', ') }),
    ...(failure === undefined ? {} : { failure }),
  }
  const name = n === 1 ? (definition?.id ?? '') : `${definition?.id ?? ''} (attempt ${n})`
  const bar = barBetween(launchedAtMs, closedAtMs)
  return [
    { ...bar, name, cat: 'attempt', ...place, cname: colours[state], args },
    { ph: 'i', s: 't', ts: bar.ts, name: 'assigned', cat: 'assigned', ...place },
    ...(startedAtMs > launchedAtMs && startedAtMs < closedAtMs
      ? [{ ...barBetween(launchedAtMs, startedAtMs), name: 'starting', cat: 'starting', ...place }]
      : []),
  ]
}

function failureOf(report: RunReport, { task, n }: TimelineAttempt): string | undefined {
  const ending = report.tasks[task]?.attempts.find((attempt) => attempt.n === n)?.ending
  return ending?.kind === 'ended' ? ending.outcome.failure?.message : undefined
}

/** What the attempt waited for before it was launched, as spans of the run's own process. */
function waitsOf(report: RunReport, attempt: TimelineAttempt, at: number): readonly TraceEvent[] {
  return attemptSpans(report, attempt).flatMap(({ task, n, phase, fromMs, toMs, blockedBy, queuedFor }, index) => {
    if (phase === 'running' || phase === 'starting') return []
    const reason = queuedFor === undefined ? undefined : queueText(queuedFor, report)
    const name = blockedBy === undefined ? `${task} ${phase}` : `${task} blocked by ${blockedBy}`
    const shared = { name, cat: 'wait', pid: runPid, tid: 0, id: `wait-${at}-${index}` }
    const args: TraceArguments = {
      task,
      attempt: n,
      ...(blockedBy === undefined ? {} : { blockedBy }),
      ...(reason === undefined ? {} : { waitedFor: reason }),
    }
    return [
      { ...shared, ph: 'b' as const, ts: microseconds(fromMs), args },
      { ...shared, ph: 'e' as const, ts: microseconds(toMs) },
    ]
  })
}

/** From the end of what was waited for to the beginning of who waited; both ends must lie within their bars. */
function arrow(source: TimelineAttempt, target: TimelineAttempt, at: number): readonly TraceEvent[] {
  const shared = { name: 'waited for', cat: 'dependency', id: `after-${at}` }
  const inside = Math.max(source.launchedAtMs, source.closedAtMs - 0.001)
  const from = { ph: 's' as const, ts: microseconds(inside), pid: pidOf(source.worker), tid: source.lane + 1 }
  const to = {
    ph: 'f' as const,
    ts: microseconds(target.launchedAtMs),
    pid: pidOf(target.worker),
    tid: target.lane + 1,
  }
  return [
    { ...shared, ...from },
    { ...shared, ...to, bp: 'e' as const },
  ]
}

/** How many attempts were running, and how many waited for a worker, whenever that changed. */
function counters({ attempts }: Timeline): readonly TraceEvent[] {
  const changes = new Map<number, { running: number; queued: number }>()
  const change = (atMs: number, running: number, queued: number): void => {
    const known = changes.get(atMs) ?? { running: 0, queued: 0 }
    changes.set(atMs, { running: known.running + running, queued: known.queued + queued })
  }
  for (const { readyAtMs, launchedAtMs, closedAtMs } of attempts) {
    change(readyAtMs, 0, 1)
    change(launchedAtMs, 1, -1)
    change(closedAtMs, -1, 0)
  }
  let running = 0
  let queued = 0
  return Array.from(changes)
    .sort(([a], [b]) => a - b)
    .flatMap(([atMs, by]) => {
      running += by.running
      queued += by.queued
      const shared = { ph: 'C' as const, ts: microseconds(atMs), pid: runPid, tid: 0 }
      return [
        { ...shared, name: 'running attempts', args: { running } },
        { ...shared, name: 'tasks waiting for a worker', args: { queued } },
      ]
    })
}

function barBetween(fromMs: number, toMs: number): { readonly ph: 'X'; readonly ts: number; readonly dur: number } {
  const ts = microseconds(fromMs)
  return { ph: 'X', ts, dur: Math.max(0, microseconds(toMs) - ts) }
}

function microseconds(ms: number): number {
  return Math.round(ms * 1000)
}

function pidOf(worker: number): number {
  return runPid + 1 + worker
}

/** Colours of the older viewer; Perfetto chooses its own. */
const colours: Readonly<Record<TimelineAttempt['state'], string>> = {
  passed: 'good',
  failed: 'terrible',
  'timed-out': 'bad',
  cancelled: 'grey',
  skipped: 'grey',
  lost: 'bad',
  open: 'grey',
}

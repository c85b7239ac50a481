// Laws of the timeline, over runs that could have been and over reports that could not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyReport } from '../laws/any-report.ts'
import { anyTimedReport } from '../laws/any-timeline.ts'
import { allSpans, attemptSpans } from './attempt-spans.ts'
import { criticalPath } from './critical-path.ts'
import { fasterBy } from './faster-by.ts'
import { listSchedule, tailLengths } from './list-schedule.ts'
import { waitsOf } from './ready-times.ts'
import { timelineOf } from './timeline-of.ts'
import { workerUse } from './worker-use.ts'

const either = fc.oneof(anyTimedReport, anyReport)

test('attempts of one lane never overlap, and a worker has as many lanes as it ran attempts at once', () => {
  fc.assert(
    fc.property(either, (report) => {
      const { attempts, workers } = timelineOf(report)
      for (const [at, one] of attempts.entries()) {
        expect(one.lane).toBeLessThan(workers[one.worker]?.lanes ?? 0)
        const clash = attempts.findIndex(
          (other, index) =>
            index < at &&
            other.worker === one.worker &&
            other.lane === one.lane &&
            other.launchedAtMs < one.closedAtMs &&
            one.launchedAtMs < other.closedAtMs,
        )
        expect(clash).toBe(-1)
      }
    }),
  )
})

test('the phases of an attempt follow one another without a gap, from when it could begin to its end', () => {
  const seen = { blocked: 0, retrying: 0, queued: 0, starting: 0, running: 0 }
  fc.assert(
    fc.property(either, (report) => {
      for (const attempt of timelineOf(report).attempts) {
        const spans = attemptSpans(report, attempt)
        for (const [at, span] of spans.entries()) {
          expect(span.toMs).toBeGreaterThan(span.fromMs)
          if (at > 0) expect(span.fromMs).toBe(spans[at - 1]?.toMs)
          seen[span.phase] += 1
        }
        if (attempt.closedAtMs > attempt.readyAtMs) expect(spans.at(-1)?.toMs).toBe(attempt.closedAtMs)
      }
      expect(allSpans(report, timelineOf(report)).length).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10)
})

test('an attempt waited for a slot where none was free for long, and for something else where one was', () => {
  const seen = { slot: 0, held: 0, unknown: 0 }
  fc.assert(
    fc.property(anyTimedReport, (report) => {
      const { attempts, workers } = timelineOf(report)
      const slots = workers.reduce((sum, worker) => sum + worker.slots, 0)
      const times = attempts.flatMap(({ launchedAtMs, closedAtMs }) => [launchedAtMs, closedAtMs]).sort((a, b) => a - b)
      for (const { queuedFor, readyAtMs, launchedAtMs } of attempts) {
        const waitedMs = launchedAtMs - readyAtMs
        expect(queuedFor === undefined).toBe(waitedMs <= 25)
        if (queuedFor === undefined) continue
        const marks = [readyAtMs, ...times.filter((ms) => ms > readyAtMs && ms < launchedAtMs), launchedAtMs]
        const freeMs = marks.slice(1).reduce((sum, to, at) => {
          const from = marks[at] ?? 0
          const busy = attempts.filter(
            (one) => one.launchedAtMs <= from && one.closedAtMs >= to && one.closedAtMs > from,
          )
          return busy.length < slots ? sum + to - from : sum
        }, 0)
        seen[queuedFor.kind] += 1
        expect(queuedFor.kind === 'slot').toBe(freeMs <= Math.max(25, waitedMs * 0.05))
      }
    }),
  )
  expect(Math.min(seen.slot, seen.unknown)).toBeGreaterThan(20)
})

test('the critical path ends with the attempt that ended last, and no step begins before the one it waited for ended', () => {
  fc.assert(
    fc.property(anyTimedReport, (report) => {
      const timeline = timelineOf(report)
      const path = criticalPath(timeline)
      const last = Math.max(0, ...timeline.attempts.map(({ closedAtMs }) => closedAtMs))
      expect(path.at(-1)?.toMs ?? 0).toBe(last)
      for (const [at, step] of path.entries()) {
        const before = path[at - 1]
        if (before !== undefined) expect(step.fromMs).toBeGreaterThanOrEqual(before.toMs)
        if (at > 0) expect(step.waitedFor).not.toBe('start')
      }
      // Nothing idles in these runs, so running and gaps of the path together are the whole run.
      const ran = path.reduce((sum, { fromMs, toMs, gapMs }) => sum + toMs - fromMs + gapMs, 0)
      expect(ran).toBeCloseTo(last, 6)
    }),
  )
})

test('no worker is busier than it could be, and all of them together did all the work', () => {
  fc.assert(
    fc.property(anyTimedReport, (report) => {
      const timeline = timelineOf(report)
      const use = workerUse(timeline)
      for (const { share, peak, slots } of use) {
        expect(share).toBeLessThanOrEqual(1)
        expect(peak).toBeLessThanOrEqual(slots)
      }
      const work = timeline.attempts.reduce((sum, { launchedAtMs, closedAtMs }) => sum + closedAtMs - launchedAtMs, 0)
      expect(use.reduce((sum, { busyMs }) => sum + busyMs, 0)).toBeCloseTo(work, 6)
    }),
  )
})

test('a list schedule is never shorter than the longest chain or the work shared out, and never longer than all work', () => {
  fc.assert(
    fc.property(anyTimedReport, fc.integer({ min: 1, max: 5 }), (report, slots) => {
      const waits = waitsOf(report.tasks)
      const tasks = report.tasks.map((_, at) => at)
      const durations = report.tasks.map(({ attempts }) => attempts.at(-1)?.closedAtMs ?? 0)
      const work = durations.reduce((sum, ms) => sum + ms, 0)
      const longest = Math.max(0, ...tailLengths({ durations, waits, tasks }))
      const took = listSchedule({ durations, waits, tasks, slots, ranks: tasks })
      expect(took).toBeGreaterThanOrEqual(Math.max(longest, work / slots) - 1e-6)
      expect(took).toBeLessThanOrEqual(work + 1e-6)
      expect(listSchedule({ durations, waits, tasks, slots: tasks.length + 1, ranks: tasks })).toBeCloseTo(longest, 6)
    }),
  )
})

test('no saving is larger than the run, and an interrupted run gets no advice', () => {
  let said = 0
  fc.assert(
    fc.property(anyTimedReport, (report) => {
      const timeline = timelineOf(report)
      for (const { savesMs = 0, sentence } of fasterBy(report, timeline)) {
        said += 1
        expect(savesMs).toBeLessThanOrEqual(timeline.endMs)
        expect(sentence).toMatch(/\.$/)
      }
      expect(fasterBy({ ...report, ending: 'interrupted' }, timeline)).toEqual([])
    }),
  )
  expect(said).toBeGreaterThan(50)
})

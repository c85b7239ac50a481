// A trace must be one that viewers draw: what the trace event format asks of each kind of event, checked for every event.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyReport } from '../laws/any-report.ts'
import { anyTimedReport } from '../laws/any-timeline.ts'
import type { TraceEvent } from './trace-event.ts'
import { writeChromeTrace } from './write-chrome-trace.ts'

const either = fc.oneof(anyTimedReport, anyReport)

function eventsOf(text: string): readonly TraceEvent[] {
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] }
  return traceEvents
}

const wholeNumber = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

test('every event has what its kind needs: a phase, a name, whole numbers for process, thread and microseconds', () => {
  fc.assert(
    fc.property(either, (report) => {
      for (const event of eventsOf(writeChromeTrace(report))) {
        expect(typeof event.name).toBe('string')
        expect([event.pid, event.tid].every(wholeNumber)).toBe(true)
        if (event.ph !== 'M') expect(wholeNumber(event.ts)).toBe(true)
        if (event.ph === 'X') expect(wholeNumber(event.dur)).toBe(true)
        if (event.ph === 'C')
          for (const value of Object.values(event.args ?? {})) expect(wholeNumber(Number(value))).toBe(true)
      }
    }),
  )
})

test('bars of a thread lie beside or within one another, every thread is named, every attempt has its bar', () => {
  fc.assert(
    fc.property(either, (report) => {
      const events = eventsOf(writeChromeTrace(report))
      const named = new Set(
        events.flatMap((event) => (event.name === 'thread_name' ? [`${event.pid}/${event.tid}`] : [])),
      )
      const bars = events.filter((event) => event.ph === 'X')
      for (const [at, one] of bars.entries()) {
        expect(named.has(`${one.pid}/${one.tid}`)).toBe(true)
        const end = one.ts + one.dur
        for (const other of bars.slice(0, at)) {
          if (other.pid !== one.pid || other.tid !== one.tid) continue
          const otherEnd = other.ts + other.dur
          const apart = otherEnd <= one.ts || end <= other.ts
          expect(apart || (other.ts <= one.ts && end <= otherEnd)).toBe(true)
        }
      }
      const attempts = report.tasks.reduce((sum, task) => sum + task.attempts.length, 0)
      expect(bars.filter(({ cat }) => cat === 'attempt')).toHaveLength(attempts)
    }),
  )
})

test('what begins ends, and both ends of an arrow lie within a bar', () => {
  let arrows = 0
  fc.assert(
    fc.property(either, (report) => {
      const events = eventsOf(writeChromeTrace(report))
      const bars = events.filter((event) => event.ph === 'X')
      const open = new Map<string, number>()
      for (const event of events) {
        if (event.ph === 'b' || event.ph === 's') open.set(event.id, event.ts)
        if (event.ph === 'e' || event.ph === 'f') {
          expect(open.get(event.id)).toBeLessThanOrEqual(event.ts)
          open.delete(event.id)
        }
        if (event.ph !== 's' && event.ph !== 'f') continue
        arrows += 1
        const holds = bars.some(
          (bar) => bar.pid === event.pid && bar.tid === event.tid && bar.ts <= event.ts && event.ts <= bar.ts + bar.dur,
        )
        expect(holds).toBe(true)
      }
      expect(open.size).toBe(0)
    }),
  )
  expect(arrows).toBeGreaterThan(20)
})

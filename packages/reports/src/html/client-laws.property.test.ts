// What the page works out without a document: search, columns in runs, and the scale of the timeline, each held against
// something naive.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportOfTasks } from '../laws/any-report.ts'
import { CaseSearch, wordsOf } from './client/case-search.ts'
import { Cases } from './client/cases.ts'
import { decodeRuns } from './client/decode-runs.ts'
import { marksOf, panned, pixelOf, timeOf, zoomed } from './client/time-scale.ts'
import { reportDataOf } from './report-data-of.ts'
import { runLengths } from './text-table.ts'

const word = fc.constantFrom('cart', 'Total', 'adds', 'é', 'a', 'b', '\n', 'İ', '-', 'cartadds', '日本')
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

test('search finds the cases that hold every word and none that is forbidden', () => {
  let found = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ title, suite: title, isFailed: fc.boolean() }), { maxLength: 30 }),
      fc.array(fc.tuple(fc.boolean(), fc.constantFrom('cart', 'total', 'a', 'dd', 'é', 'none', '日')), {
        maxLength: 3,
      }),
      fc.boolean(),
      (cases, asked, onlyFailed) => {
        const report = reportOfTasks([
          {
            id: 'task',
            kind: 'command',
            verdict: { kind: 'failed' },
            attempts: [
              {
                n: 1,
                worker: 'w',
                launchedAtMs: 0,
                ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1 } },
                details: {
                  cases: cases.map(({ title: name, suite, isFailed }, at) => ({
                    path: [suite, `${name} #${at}`],
                    result: isFailed ? ('failed' as const) : ('passed' as const),
                    durationMs: 1,
                  })),
                },
              },
            ],
          },
        ])
        const shown = new Cases(reportDataOf(report, 'muster'))
        const text = asked.map(([isForbidden, one]) => (isForbidden ? `-${one}` : one)).join(' ')
        const statuses = new Set(onlyFailed ? ['f'] : [])
        const naive = Array.from({ length: shown.length }, (_, at) => at).filter((at) => {
          const name = [shown.title(at), shown.suite(at), shown.file(at), shown.task(at)].join(' ').toLowerCase()
          const fits = asked.every(([isForbidden, one]) => name.includes(one) !== isForbidden)
          return fits && (!onlyFailed || shown.status(at) === 'f')
        })
        const answer = Array.from(new CaseSearch(shown).find({ text, statuses, order: 'run' }))
        expect(answer).toEqual(naive)
        found += answer.length
        for (const order of ['worst', 'slowest', 'name'] as const) {
          const sorted = Array.from(new CaseSearch(shown).find({ text, statuses, order }))
          expect(sorted.toSorted((a, b) => a - b)).toEqual(naive)
        }
      },
    ),
  )
  expect(found).toBeGreaterThan(100)
})

test('a query is words, and what stands in quotes is one', () => {
  expect(wordsOf('  Cart "two words" -not -"not these" - " ')).toEqual(['cart', 'two words', '-not', '-not these'])
})

test('a column in runs comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3)), (column) => {
      expect(Array.from(decodeRuns(runLengths(column), column.length))).toEqual(column)
    }),
  )
})

test('zooming holds the time under the pointer where the run allows it, and never leaves the run', () => {
  const endMs = 10_000
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 2000 }),
      fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
        maxLength: 8,
      }),
      (width, steps) => {
        let scale = { fromMs: 0, toMs: endMs, width }
        for (const [factor, share] of steps) {
          const pixel = share * width
          const held = timeOf(scale, pixel)
          scale = zoomed(scale, factor, pixel, endMs)
          expect(scale.fromMs).toBeGreaterThanOrEqual(0)
          expect(scale.toMs).toBeLessThanOrEqual(endMs + 1e-6)
          expect(pixelOf(scale, timeOf(scale, pixel))).toBeCloseTo(pixel, 3)
          const isAtEdge = scale.fromMs === 0 || scale.toMs >= endMs - 1e-6
          if (!isAtEdge) expect(timeOf(scale, pixel)).toBeCloseTo(held, 3)
          const marks = marksOf(scale)
          expect(marks.length).toBeLessThan(width / 40)
          scale = panned(scale, width * (share - 0.5), endMs)
        }
      },
    ),
  )
})

// What the page works out without a document: search, columns in runs, and the scale of the timeline, each held against something
// naive. The laws are functions of what they judge, so that planted faults can show that they would notice.
import fc from 'fast-check'
import { expect } from 'vitest'
import { reportOfTasks } from '../../laws/any-report.ts'
import type { Query } from '../client/case-search.ts'
import { Cases } from '../client/cases.ts'
import { marksOf, pixelOf, type TimeScale, timeOf } from '../client/time-scale.ts'
import { reportDataOf } from '../report-data-of.ts'
import type { RunLengths } from '../report-data.ts'

/** What answers queries about cases, one after another. */
export type MakeSearch = (cases: Cases) => { readonly find: (query: Query) => ArrayLike<number> }

const word = fc.constantFrom('cart', 'Total', 'adds', 'é', 'a', 'b', '\n', 'İ', '-', 'cartadds', '日本')
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
const asked = fc.tuple(
  fc.boolean(),
  fc.constantFrom('c', 'ca', 'car', 'cart', 'carta', 'art', 'total', 'a', 'ad', 'dd', 'é', 'none', '日'),
)
const anyQuery = fc.record({ words: fc.array(asked, { maxLength: 3 }), onlyFailed: fc.boolean() })

/** Of every query in a row, search finds the cases that hold every word and none that is forbidden, whatever was asked before. */
export function searchFindsWhatFits(makeSearch: MakeSearch): void {
  let found = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ title, suite: title, isFailed: fc.boolean() }), { maxLength: 30 }),
      fc.array(anyQuery, { minLength: 1, maxLength: 8 }),
      (cases, queries) => {
        const shown = new Cases(reportDataOf(reportOfCases(cases), 'muster'))
        const search = makeSearch(shown)
        for (const { words, onlyFailed } of queries) {
          const text = words.map(([isForbidden, one]) => (isForbidden ? `-${one}` : one)).join(' ')
          const statuses = new Set(onlyFailed ? ['f'] : [])
          const naive = Array.from({ length: shown.length }, (_, at) => at).filter((at) => {
            const name = [shown.title(at), shown.suite(at), shown.file(at), shown.task(at)].join(' ').toLowerCase()
            const fits = words.every(([isForbidden, one]) => name.includes(one) !== isForbidden)
            return fits && (!onlyFailed || shown.status(at) === 'f')
          })
          const answer = Array.from(search.find({ text, statuses, order: 'run' }))
          expect(answer).toEqual(naive)
          found += answer.length
          for (const order of ['worst', 'slowest', 'name'] as const) {
            expect(Array.from(search.find({ text, statuses, order })).sort((a, b) => a - b)).toEqual(naive)
          }
        }
      },
    ),
    { seed: 21 },
  )
  expect(found).toBeGreaterThan(100)
}

function reportOfCases(
  cases: readonly { readonly title: string; readonly suite: string; readonly isFailed: boolean }[],
): ReturnType<typeof reportOfTasks> {
  return reportOfTasks([
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
}

/** A column in runs comes back as it was, and takes no more runs than it has changes. */
export function runsComeBack(
  encode: (column: readonly number[]) => RunLengths,
  decode: (runs: RunLengths, length: number) => ArrayLike<number>,
): void {
  fc.assert(
    fc.property(fc.array(fc.nat(3)), (column) => {
      const runs = encode(column)
      expect(Array.from(decode(runs, column.length))).toEqual(column)
      const changes = column.filter((value, at) => at === 0 || value !== column[at - 1]).length
      expect(runs).toHaveLength(2 * changes)
    }),
    { seed: 22 },
  )
}

/** How a scale is zoomed and moved. */
export interface Scaling {
  readonly zoomed: (scale: TimeScale, factor: number, pixel: number, endMs: number) => TimeScale
  readonly panned: (scale: TimeScale, pixels: number, endMs: number) => TimeScale
}

const share = fc.double({ min: 0, max: 1, noNaN: true })

/** Zooming holds the time under the pointer where the run allows it, and neither zooming nor moving ever leaves the run. */
export function scaleStaysInRun({ zoomed, panned }: Scaling): void {
  const endMs = 10_000
  let held = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 2000 }),
      fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), share), { maxLength: 8 }),
      (width, steps) => {
        let scale: TimeScale = { fromMs: 0, toMs: endMs, width }
        const isInside = (): void => {
          expect(scale.fromMs).toBeGreaterThanOrEqual(0)
          expect(scale.toMs).toBeLessThanOrEqual(endMs + 1e-6)
        }
        for (const [factor, part] of steps) {
          const pixel = part * width
          const before = timeOf(scale, pixel)
          scale = zoomed(scale, factor, pixel, endMs)
          isInside()
          expect(pixelOf(scale, timeOf(scale, pixel))).toBeCloseTo(pixel, 3)
          if (scale.fromMs > 0 && scale.toMs < endMs - 1e-6) {
            held += 1
            expect(timeOf(scale, pixel)).toBeCloseTo(before, 3)
          }
          expect(marksOf(scale).length).toBeLessThan(width / 40)
          scale = panned(scale, width * (part - 0.5), endMs)
          isInside()
        }
      },
    ),
    { seed: 23 },
  )
  expect(held).toBeGreaterThan(20)
}

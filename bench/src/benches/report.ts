// The HTML report of a very large run: what it costs to write, and what it is like to use in a real browser.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeHtml } from '@muster/reports'
import type { Bench } from '../bench.ts'
import { median } from '../measure.ts'
import { wholeNumber } from '../read-number.ts'
import { findChromium, openPage } from '../report/open-page.ts'
import { reportOfCases } from '../report/report-of-cases.ts'

/** Rounds in a browser of their own; machines are shared. */
const rounds = 5

export const bench: Bench = {
  name: 'report',
  summary: 'the HTML report of 100,000 cases: written, opened and searched in headless Chromium',
  figures: {
    cases: 'cases in the report',
    write_ms: 'time to make the page, median of the rounds',
    size_mb: 'size of the file in megabytes',
    interactive_ms: 'from opening the file to the first frame in which it answers, median of the rounds',
    keystroke_ms: 'from a key in the search to the frame that shows what it found, median of all keys',
    keystroke_p95_ms: 'the same, 95th of a hundred, median of the rounds',
  },
  options: { cases: 'how many cases; 100000 unless given' },
  async run({ options, seed, progress }) {
    const count = wholeNumber({ options }, 'cases', { fallback: 100_000 })
    const report = reportOfCases(count, seed)
    const folder = mkdtempSync(join(tmpdir(), 'muster-report-'))
    const file = join(folder, 'report.html')
    try {
      const writes: number[] = []
      for (let round = 0; round < rounds; round++) {
        const began = performance.now()
        const html = writeHtml(report)
        writes.push(performance.now() - began)
        writeFileSync(file, html)
      }
      const figures = {
        cases: count,
        write_ms: Math.round(median(writes)),
        size_mb: Math.round(statSync(file).size / 1e4) / 100,
      }
      const chromium = findChromium()
      if (chromium === undefined) {
        return { figures, notes: ['No Chromium was found: install Debian’s `chromium`, or name one in CHROMIUM.'] }
      }
      const interactive: number[] = []
      const keystrokes: number[] = []
      const all: number[] = []
      for (let round = 1; round <= rounds; round++) {
        const felt = await openPage(file, chromium, 'checkout currency 17')
        interactive.push(felt.interactiveMs)
        keystrokes.push(ninetyFifth(felt.keystrokesMs))
        all.push(...felt.keystrokesMs)
        progress(
          `round ${round}: interactive after ${Math.round(felt.interactiveMs)} ms, a keystroke ${Math.round(median(felt.keystrokesMs))} ms`,
        )
      }
      return {
        figures: {
          ...figures,
          interactive_ms: Math.round(median(interactive)),
          keystroke_ms: Math.round(median(all)),
          keystroke_p95_ms: Math.round(median(keystrokes)),
        },
        notes: [
          `the slowest of ${all.length} keystrokes took ${Math.round(Math.max(...all))} ms; a frame of the browser takes 17`,
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function ninetyFifth(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
}

// Suites that other people wrote, counted twice: by their own runner and through Muster. Not one test may be lost, doubled
// or turned into something else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figures } from '../bench.ts'
import { countMuster, countNative, type TestCounts } from '../suites-real/count-tests.ts'
import { copySuite, realSuites } from '../suites-real/real-suites.ts'

export const bench: Bench = {
  name: 'suites-real',
  summary: 'test suites that packages of the registry ship: counts through muster run beside those of their own runner',
  figures: {
    suites: 'suites that were run both ways',
    equal: 'suites of which passed, failed and skipped are the same',
  },
  async run({ progress }) {
    const notes: string[] = []
    const peers: Record<string, Figures> = {}
    let equal = 0
    for (const suite of realSuites) {
      const folder = mkdtempSync(join(tmpdir(), 'muster-suite-'))
      try {
        const root = join(folder, 'suite')
        const files = copySuite(suite, root)
        const native = await countNative(root, files)
        const ours = await countMuster(root, files)
        const isEqual = text(native) === text(ours)
        if (isEqual) equal++
        else notes.push(`${suite.name}: node --test says ${text(native)}, muster run says ${text(ours)}`)
        peers[`node --test, ${suite.name}`] = { ...native }
        progress(`${suite.name}: ${text(native)}${isEqual ? ', equal' : `, ours ${text(ours)}`}`)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    return { figures: { suites: realSuites.length, equal }, peers, notes }
  },
}

function text({ passed, failed, skipped }: TestCounts): string {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`
}

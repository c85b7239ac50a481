// What the command line remembers of a run beside its journal: by which strategy it was decided, and what it came to. So the
// list of runs needs no journal to be read, and a replay knows which policy to ask.
import type { RunReport } from '@muster/core'
import { verdictKinds } from '@muster/core/model'
import { z } from 'zod'

/** A note about a run, version 1. */
export interface RunNote {
  readonly version: 1
  readonly run: string
  readonly strategy: string
  /** What it came to; absent until it has ended for the first time. */
  readonly result?:
    | {
        readonly ending: 'finished' | 'interrupted'
        readonly exit: 'passed' | 'failed' | 'nothing-ran' | 'interrupted'
        readonly durationMs: number
        readonly totals: Readonly<Record<string, number>>
        readonly cases: Readonly<Record<'passed' | 'failed' | 'skipped' | 'flaky', number>>
      }
    | undefined
}

const count = z.number().int().min(0)

/** The schema of {@link RunNote} as it is stored. */
export const runNoteSchema: z.ZodType<RunNote> = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  strategy: z.string(),
  result: z
    .strictObject({
      ending: z.enum(['finished', 'interrupted']),
      exit: z.enum(['passed', 'failed', 'nothing-ran', 'interrupted']),
      durationMs: z.number().min(0),
      totals: z.record(z.string(), count),
      cases: z.strictObject({ passed: count, failed: count, skipped: count, flaky: count }),
    })
    .optional(),
})

const prefix = 'cli/run/1/'

/** The key of a run's note. */
export function noteKey(run: string): string {
  return prefix + run
}

/** All notes are stored below this. */
export const notePrefix: string = prefix

/** The note of a run that begins, or has ended with `report`. */
export function noteOf(run: string, strategy: string, report: RunReport | undefined): RunNote {
  if (report === undefined) return { version: 1, run, strategy }
  const { ending, exit, durationMs, totals, cases } = report
  return { version: 1, run, strategy, result: { ending, exit, durationMs, totals: { ...totals }, cases: { ...cases } } }
}

/** Reads a note back; one that cannot be read is as good as none. */
export function readNote(text: string): RunNote | undefined {
  try {
    const parsed = runNoteSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** The verdicts of a note's run that are worth a word: `58 passed, 1 flaky, 2 failed`. */
export function totalsText(totals: Readonly<Record<string, number>>): string {
  const words = [...verdictKinds, 'open'].flatMap((kind) =>
    (totals[kind] ?? 0) > 0 ? [`${String(totals[kind])} ${kind}`] : [],
  )
  return words.length === 0 ? 'no tasks' : words.join(', ')
}

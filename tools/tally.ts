// Where each tool leaves how many of its parts passed, so that one line can say how the whole went.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './entries.ts'

/** One part of a tool's work. */
export interface Part {
  readonly name: string
  readonly isPassed: boolean
  readonly durationMs: number
}

/** Leaves the tally where the last line is made from. */
export function writeTally(tool: 'check' | 'examples', parts: readonly Part[]): void {
  const failed = parts.filter(({ isPassed }) => !isPassed).length
  mkdirSync(join(root, 'reports'), { recursive: true })
  const tally = { passed: parts.length - failed, failed, parts }
  writeFileSync(join(root, 'reports', `${tool}.json`), `${JSON.stringify(tally, null, 2)}\n`)
}

/** The line that a person sees of a part. */
export function lineOf({ name, isPassed, durationMs }: Part): string {
  return `${isPassed ? 'ok  ' : 'FAIL'}  ${name.padEnd(24)} ${(durationMs / 1000).toFixed(1).padStart(6)} s\n`
}

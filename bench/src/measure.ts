// Measures in processes of their own, so that one measurement's heap and compiled code do not colour the next.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'

const run = promisify(execFile)

/** Runs a script of `workers/`, with further flags for Node, and reads the JSON object that it prints last. */
export async function measure(
  worker: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Readonly<Record<string, number>>> {
  const script = join(import.meta.dirname, 'workers', worker)
  const { stdout } = await run(process.execPath, ['--expose-gc', ...flags, script, ...args], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  const parsed: unknown = JSON.parse(last)
  if (!isFigures(parsed)) throw new Error(`Expected ${worker} to print an object of numbers, got ${last}`)
  return parsed
}

function isFigures(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((field) => typeof field === 'number')
}

/** The middle of several numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

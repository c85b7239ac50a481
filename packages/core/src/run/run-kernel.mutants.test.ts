// Whether the laws bite: each bug of a long list is planted in the sources, and a law has to catch it within some hundred
// simulated runs. A child process does it, because only plain Node lets modules be changed on their way in.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { plantedFaults } from '../testing/simulation/faults/planted-faults.ts'

interface CaughtFault {
  readonly name: string
  readonly breaks: string
  readonly law?: number | 'thrown'
  readonly seed?: number
  readonly missedBecause?: string
}

const script = join(import.meta.dirname, '../testing/simulation/shell/catch-faults.ts')

test('every planted fault has a name of its own', () => {
  expect(new Set(plantedFaults.map(({ name }) => name)).size).toBe(plantedFaults.length)
  expect(plantedFaults.length).toBeGreaterThanOrEqual(30)
})

test('every planted fault is caught by a law, or it is known why not', { timeout: 600_000 }, async () => {
  const results = await catchAll()
  process.stdout.write(`${results.map(line).join('\n')}\n`)
  expect(results.map(({ name }) => name)).toEqual(plantedFaults.map(({ name }) => name))
  const missed = results.filter(({ law }) => law === undefined)
  expect(missed.filter(({ missedBecause }) => missedBecause === undefined)).toEqual([])
  // An explanation that is not true any more goes.
  expect(results.filter(({ law, missedBecause }) => law !== undefined && missedBecause !== undefined)).toEqual([])
  expect(missed.length / results.length).toBeLessThanOrEqual(0.03)
})

async function catchAll(): Promise<readonly CaughtFault[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--json'], { maxBuffer: 1 << 24 })
  return JSON.parse(stdout) as readonly CaughtFault[]
}

function line({ name, law, seed, breaks, missedBecause }: CaughtFault): string {
  const by = law === undefined ? `missed: ${missedBecause ?? ''}` : `law ${law}, seed ${seed ?? ''}`
  return `${name.padEnd(32)} ${by.padEnd(20)} ${breaks}`
}

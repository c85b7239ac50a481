// How many simulated runs break a law of the kernel (none may), and how many bugs planted on purpose are caught by one. The
// runs use the packages as they are built; planting changes the sources, so a process of its own does that.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { laws, randomPlan, simulate } from '@muster/core/testing'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { wholeNumber } from '../read-number.ts'

const simulation = join(import.meta.dirname, '../../../packages/core/src/testing/simulation')

interface PlantedFault {
  readonly name: string
  readonly breaks: string
}

interface CaughtFault extends PlantedFault {
  readonly law?: number | 'thrown'
  readonly seed?: number
  readonly missedBecause?: string
  readonly violations?: number
}

const { plantedFaults } = (await import(pathToFileURL(join(simulation, 'faults', 'planted-faults.ts')).href)) as {
  readonly plantedFaults: readonly PlantedFault[]
}

export const bench: Bench = {
  name: 'laws',
  summary: 'laws of the kernel over simulated runs, and whether they catch bugs that are planted on purpose',
  figures: {
    seeds: 'simulated runs',
    violations: 'runs in which a law was broken',
    planted: 'bugs that were planted',
    caught: 'planted bugs that a law caught',
  },
  options: { seeds: 'how many runs to simulate; 10000 unless given' },
  faults: Object.fromEntries(plantedFaults.map(({ name, breaks }) => [name, breaks])),
  run: async (context) => {
    const seeds = wholeNumber(context, 'seeds', { fallback: 10_000 })
    return context.plant === undefined ? judgeLaws(seeds, context) : judgeFault(context.plant, seeds, context)
  },
}

async function judgeLaws(seeds: number, { seed: from, progress }: BenchContext): Promise<BenchResult> {
  const notes: string[] = []
  let violations = 0
  for (let seed = from; seed < from + seeds; seed++) {
    const { broken } = simulate(randomPlan(seed), { checksEveryCommit: seed % 20 === 0 })
    if ((seed - from) % 1000 === 999) progress(`${seed - from + 1} of ${seeds} seeds, ${violations} violations`)
    if (broken === undefined) continue
    violations++
    const law = broken.law === undefined ? 'something was thrown' : `law ${broken.law} (${laws[broken.law]})`
    if (notes.length < 10) notes.push(`seed ${seed}: ${law}: ${broken.text.split('\n')[0] ?? ''}`)
  }
  progress('planting faults')
  const caught = await catchFaults([])
  for (const { name, law, missedBecause } of caught) {
    if (law === undefined) notes.push(`${name} is not caught: ${missedBecause ?? 'nobody knows why'}`)
  }
  const figures = {
    seeds,
    violations,
    planted: caught.length,
    caught: caught.filter(({ law }) => law !== undefined).length,
  }
  return { figures, notes }
}

async function judgeFault(name: string, seeds: number, { seed, progress }: BenchContext): Promise<BenchResult> {
  progress(`${seeds} seeds with ${name} planted`)
  const [fault] = await catchFaults([name, '--count', '--seeds', String(seeds), '--from', String(seed)])
  const violations = fault?.violations ?? 0
  const how =
    violations === 0
      ? (fault?.missedBecause ?? 'nobody knows why no law notices')
      : `law ${fault?.law ?? ''} first, at seed ${fault?.seed ?? ''}`
  return { figures: { seeds, violations, planted: 1, caught: violations > 0 ? 1 : 0 }, notes: [`${name}: ${how}`] }
}

async function catchFaults(args: readonly string[]): Promise<readonly CaughtFault[]> {
  const script = join(simulation, 'shell', 'catch-faults.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--json', ...args], { maxBuffer: 1 << 24 })
  return JSON.parse(stdout) as readonly CaughtFault[]
}

// Plants every fault, one after another, and looks for the first seed at which a law breaks:
// `node catch-faults.ts [--seeds N] [--from SEED] [--count] [--json] [NAME]…`. With `--count` it goes on after the first.
import { parseArgs } from 'node:util'
import { plantedFaults } from '../faults/planted-faults.ts'
import type { PlantedFault } from '../faults/planted-fault.ts'
import { plantFault, prepareToPlant } from './plant-fault.ts'

/** How a planted fault was caught, or that it was not. */
interface CaughtFault {
  readonly name: string
  readonly breaks: string
  /** Number of the law, or `thrown` where an invariant of our own stopped it; absent where nothing was noticed. */
  readonly law?: number | 'thrown' | undefined
  readonly seed?: number | undefined
  readonly text?: string | undefined
  readonly missedBecause?: string | undefined
  /** Seeds at which a law broke, where they were counted. */
  readonly violations?: number | undefined
}

const { values, positionals } = parseArgs({
  options: {
    seeds: { type: 'string', default: '800' },
    from: { type: 'string', default: '1' },
    count: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const seeds = Number(values.seeds)
const from = Number(values.from)
const chosen = positionals.length === 0 ? plantedFaults : plantedFaults.filter(({ name }) => positionals.includes(name))
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from) || chosen.length === 0) {
  process.stderr.write(
    'Expected names of planted faults and a number of seeds. Usage: catch-faults.ts [--seeds N] [--from SEED] [--count] [--json] [NAME]…\n',
  )
  process.exitCode = 2
} else {
  prepareToPlant()
  const caught: CaughtFault[] = []
  for (const fault of chosen) {
    const result = values.count ? await countViolations(fault) : await catchFault(fault)
    caught.push(result)
    if (!values.json) process.stdout.write(`${line(result)}\n`)
  }
  if (values.json) process.stdout.write(`${JSON.stringify(caught)}\n`)
}

async function countViolations(fault: PlantedFault): Promise<CaughtFault> {
  const { name, breaks, missedBecause } = fault
  const { simulate, randomPlan } = await plantFault(fault)
  let violations = 0
  let first: CaughtFault | undefined
  for (let seed = from; seed < from + seeds; seed++) {
    const { broken } = await simulate(randomPlan(seed), { checksEveryCommit: seed % 20 === 0 })
    if (broken === undefined) continue
    violations++
    first ??= { name, breaks, law: broken.law ?? 'thrown', seed, text: broken.text.split('\n')[0] }
  }
  return { ...(first ?? { name, breaks, missedBecause }), violations }
}

async function catchFault(fault: PlantedFault): Promise<CaughtFault> {
  const { name, breaks, missedBecause } = fault
  const { simulate, randomPlan } = await plantFault(fault)
  // Where it is known that no law notices, a look is enough.
  const most = missedBecause === undefined ? seeds : Math.min(seeds, 30)
  for (let seed = from; seed < from + most; seed++) {
    const plan = randomPlan(seed)
    const { broken, hash } = await simulate(plan, { checksEveryCommit: seed % 3 === 0 })
    if (broken !== undefined)
      return { name, breaks, law: broken.law ?? 'thrown', seed, text: broken.text.split('\n')[0] }
    // The same seed once more: a trace that differs is a broken law too.
    if (seed < from + 5 && (await simulate(plan)).hash !== hash)
      return { name, breaks, law: 7, seed, text: 'the trace differs' }
  }
  return { name, breaks, missedBecause }
}

function line({ name, law, seed, text, missedBecause }: CaughtFault): string {
  const how =
    law === undefined
      ? `missed: ${missedBecause ?? 'nobody knows why'}`
      : `law ${law}, seed ${seed ?? ''}: ${text ?? ''}`
  return `${name.padEnd(32)} ${how.slice(0, 200)}`
}

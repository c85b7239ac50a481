// Loads the simulation once more with a bug in it. The sources are changed on their way into the process and nowhere else:
// each fault has copies of all modules of its own, told apart by what follows the question mark in their addresses.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { randomPlan } from '../random-plan.ts'
import type { simulate, SimulationResult } from '../simulate.ts'
import { plantedFaults } from '../faults/planted-faults.ts'
import type { PlantedFault } from '../faults/planted-fault.ts'

/** The simulation as it is loaded with a fault. */
export interface FaultySimulation {
  readonly simulate: (...question: Parameters<typeof simulate>) => SimulationResult | Promise<SimulationResult>
  readonly randomPlan: typeof randomPlan
}

const sources = new URL('../../../', import.meta.url).href
const mark = '?fault='

/** Hooks into the loading of modules. Call it once, before a fault is planted. */
export function prepareToPlant(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context)
      const fault = context.parentURL?.split(mark)[1]
      const isOurs = fault !== undefined && resolved.url.startsWith(sources) && !resolved.url.includes('/node_modules/')
      return isOurs ? { ...resolved, url: `${resolved.url}${mark}${fault}` } : resolved
    },
    load: (url, context, next) => {
      const [address, name] = url.split(mark)
      if (address === undefined || name === undefined) return next(url, context)
      return { format: 'module-typescript', source: sourceOf(address, name), shortCircuit: true }
    },
  })
}

/** Loads the simulation with a fault in it. */
export async function plantFault({ name, needsOrchestrator }: PlantedFault): Promise<FaultySimulation> {
  const module = needsOrchestrator === true ? 'shell/simulate-orchestrator.ts' : 'simulate.ts'
  const simulation = await load(`testing/simulation/${module}${mark}${name}`)
  const loaded: object = {
    simulate: part(simulation, needsOrchestrator === true ? 'simulateOrchestrator' : 'simulate'),
    ...(await load(`testing/simulation/random-plan.ts${mark}${name}`)),
  }
  if (!isSimulation(loaded)) throw new Error('Expected the simulation to export `simulate` and `randomPlan`.')
  return loaded
}

async function load(module: string): Promise<object> {
  const loaded: unknown = await import(`${sources}${module}`)
  return typeof loaded === 'object' && loaded !== null ? loaded : {}
}

function part(module: object, name: string): unknown {
  return Reflect.get(module, name)
}

function isSimulation(loaded: object): loaded is FaultySimulation {
  return ['simulate', 'randomPlan'].every((name) => typeof Reflect.get(loaded, name) === 'function')
}

function sourceOf(address: string, name: string): string {
  const fault = plantedFaults.find((each) => each.name === name)
  const text = read(address)
  return fault !== undefined && address === `${sources}${fault.file}` ? plantInto(fault, text) : text
}

function read(address: string): string {
  return readFileSync(fileURLToPath(address), 'utf8')
}

/** The text with the fault in it. Throws where the text has moved on and the fault has to be planted anew. */
export function plantInto({ name, file, find, replace }: PlantedFault, text: string): string {
  const parts = text.split(find)
  if (parts.length !== 2) {
    throw new Error(
      `Fault ${name}: expected ${JSON.stringify(find)} once in ${file}, got it ${parts.length - 1} times.`,
    )
  }
  return parts.join(replace)
}

// The same laws over the real orchestrator: its driver, its way to the engines, its reports and the memory store. Fewer seeds,
// because promises take turns; what they can show is what lies between the kernel and the world.
import { expect, test } from 'vitest'
import { laws } from '../laws.ts'
import { randomPlan } from '../random-plan.ts'
import { simulateOrchestrator } from './simulate-orchestrator.ts'

const seeds = 400

test(`every law holds for the real orchestrator: seeds 1 to ${seeds}`, { timeout: 300_000 }, async () => {
  let attempts = 0
  let owners = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const { broken, launches, owners: ofSeed } = await simulateOrchestrator(randomPlan(seed))
    if (broken !== undefined) {
      const law =
        broken.law === undefined ? 'something was thrown' : `law ${broken.law} is broken (${laws[broken.law]})`
      const replay = `node packages/core/src/testing/simulation/shell/replay.ts ${seed} --orchestrator`
      throw new Error(`Seed ${seed}: ${law} at ${broken.atMs} ms:\n  ${broken.text}\nReplay it: ${replay}`)
    }
    attempts += launches
    owners += ofSeed
  }
  expect(attempts).toBeGreaterThan(20 * seeds)
  expect(owners).toBeGreaterThan(2 * seeds)
})

test('the same seed gives the same trace, through the real orchestrator too', { timeout: 60_000 }, async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const first = await simulateOrchestrator(randomPlan(seed))
    const second = await simulateOrchestrator(randomPlan(seed))
    expect(second.hash).toBe(first.hash)
  }
})

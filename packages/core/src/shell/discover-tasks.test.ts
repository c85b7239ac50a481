// Runners are somebody else's code: one that hangs, or gives back anything but tasks, is told by its name.
import { expect, test } from 'vitest'
import type { Runner } from '../ports/runner.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { createOrchestrator } from './orchestrator.ts'

function runner(discover: () => unknown): Runner {
  const executor = { module: 'file:///none.js', options: {} }
  return Object.assign({ name: 'odd', executor, discover: async () => ({ tasks: [] }) }, { discover })
}

test('a runner that hangs is named after a while, and given up after its limit', async () => {
  const clock = new ManualClock()
  let asked: (() => void) | undefined
  const isAsked = new Promise<void>((resolve) => (asked = resolve))
  const hanging = runner(() => {
    asked?.()
    return new Promise(() => undefined)
  })
  await using muster = createOrchestrator({ runners: [hanging], clock, discoveryTimeoutMs: 30_000 })
  const run = muster.run()
  const notes: string[] = []
  run.on('note', ({ text }) => notes.push(text))
  await isAsked
  clock.advance(4_999)
  expect(notes).toEqual([])
  clock.advance(1)
  expect(notes).toEqual(['still discovering with odd'])
  clock.advance(25_000)
  await expect(run.report).rejects.toMatchObject({
    code: 'RUNNER_FAILED',
    expected: 'runner odd to find its tests',
    got: 'no answer for 30000 ms',
  })
})

test.each([
  [5, '5 (number)'],
  [undefined, 'undefined (undefined)'],
  [{ task: [] }, 'an object with task'],
  [[], 'a list of 0'],
  [{ tasks: [], warnings: 'none' }, 'an object with tasks, warnings'],
])('discover that gives back %j is refused with the name of the runner', async (found, got) => {
  await using muster = createOrchestrator({ runners: [runner(() => found)] })
  await expect(muster.plan()).rejects.toMatchObject({
    code: 'RUNNER_FAILED',
    expected: expect.stringMatching(/^runner odd to give back \{ tasks/) as unknown,
    got,
  })
})

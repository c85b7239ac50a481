// An attempt whose process dies in the middle of its file: the case that ran is named, the rest runs in another process, and
// nothing is missing. With real processes, and whatever ends them.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttemptSignal } from '../../run/signal.ts'
import { LocalTrial, type Launching, type Step } from './fixtures/local-trial.ts'

let trial: LocalTrial
beforeEach(async () => {
  const module = new URL('./fixtures/file-executor.ts', import.meta.url).href
  trial = new LocalTrial({ executors: { file: { module, options: {} } } })
  await trial.attach()
})
afterEach(async () => {
  expect(await trial.close()).toEqual([])
})

type Ended = Extract<AttemptSignal, { kind: 'attempt-ended' }>

const run = (steps: readonly Step[], how: Launching = {}): Promise<Ended> =>
  trial.ended(steps, { kind: 'file', ...how })
const casesOf = ({ details }: Ended): readonly string[] =>
  (details?.cases ?? []).map(({ path, result }) => `${path.join(' > ')} ${result}`)

const around = (does: string): readonly Step[] => [
  ['before', 'pass'],
  ['culprit', does],
  ['after', 'pass'],
]

test('one that a case kills goes on behind that case, which is named', async () => {
  const ended = await run(around('kill'))
  expect(casesOf(ended)).toEqual(['before passed', 'culprit failed', 'after passed'])
  expect(ended.outcome).toMatchObject({ result: 'failed', cases: { passed: 2, failed: 1 } })
  expect(ended.outcome.failure?.message).toMatch(/SIGKILL.* while it ran "culprit"/)
  // What was told before is not told again to who looks on.
  expect(trial.cases.map(({ path }) => path.join())).toEqual(['before', 'culprit', 'after'])
})

test('each of several that end their process is named', async () => {
  const ended = await run([...around('kill'), ['leaves', 'exit'], ['last', 'pass']])
  expect(casesOf(ended)).toEqual(['before passed', 'culprit failed', 'after passed', 'leaves failed', 'last passed'])
})

test('one that stops its process is made to go on, and said so', async () => {
  const ended = await run(around('stop'))
  expect(casesOf(ended)).toEqual(['before passed', 'culprit passed', 'after passed'])
  expect(trial.warnings.join()).toContain('stopped the process that runs tests')
})

test('one that loops is named at its time limit, and the rest is run in overtime', async () => {
  const ended = await run(around('loop'), { timeoutMs: 300 })
  expect(casesOf(ended)).toEqual(['before passed', 'culprit timed-out', 'after passed'])
  expect(ended.outcome.result).toBe('timed-out')
  expect(ended.outcome.failure?.message).toContain('300 ms')
})

test.runIf(process.platform === 'linux')('one that eats the memory is named, with its limit', async () => {
  const ended = await run(around('eat'), { limits: { memoryBytes: 256 * 1024 * 1024 } })
  expect(casesOf(ended)).toEqual(['before passed', 'culprit failed', 'after passed'])
  expect(ended.outcome).toMatchObject({ result: 'failed', failure: { category: 'resource' } })
})

test.runIf(process.platform === 'linux')(
  'what passed its limit of processor time is told in full, and not gone on with',
  async () => {
    const ended = await run(around('loop'), { limits: { cpuMs: 300 } })
    expect(casesOf(ended)).toEqual(['before passed', 'culprit failed', 'after cancelled'])
    expect(ended.outcome).toMatchObject({ result: 'failed', failure: { category: 'resource' } })
  },
)

// Plugins decide together, and none of them takes the run down.
import type { Policy, TaskDefinition, WorkerDefinition } from '@muster/core'
import { describe, expect, test } from 'vitest'
import { simulateSchedule, type SimulatedSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import { createPolicy } from './create-policy.ts'
import { type Decision, explainDecision } from './decision.ts'
import { claim, definePlugin, type Plugin, refuse } from './plugin.ts'
import type { PluginProblem } from './plugin-guard.ts'

const worker = (id: string, host: string, slots = 4): WorkerDefinition => ({
  id,
  engine: 'local',
  kinds: ['unit'],
  capacity: { slots },
  host,
})
const task = (id: string, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  id,
  kind: 'unit',
  expectedMs: 10,
  ...more,
})
const workers = [worker('w1', 'h1'), worker('w2', 'h1'), worker('w3', 'h2')]

function simulated(
  policy: Policy,
  tasks: readonly TaskDefinition[],
  on: readonly WorkerDefinition[] = workers,
): SimulatedSchedule {
  return simulateSchedule({ workload: { tasks, workers: on }, policy })
}

const oneBrowserPerHost = definePlugin({
  name: 'one-browser-per-host',
  limits: ['browser@*'],
  claims: ({ task: { tags }, worker: { host } }) =>
    tags.has('browser') ? [claim(`browser@${host}`, 1, { limit: 1 })] : [],
})

describe('what plugins say counts', () => {
  test('a claim on a ledger holds back what finds no room there, and nothing else', () => {
    const browsers = Array.from({ length: 6 }, (_, i) => task(`b${i}`, { tags: ['browser'] }))
    const others = Array.from({ length: 6 }, (_, i) => task(`o${i}`))
    const { startsMs, makespanMs, verdicts } = simulated(createPolicy(fifo(), [oneBrowserPerHost]), [
      ...browsers,
      ...others,
    ])
    expect(verdicts).toEqual({ passed: 12 })
    // Two hosts take one browser each at a time: six of them need three turns.
    expect([...startsMs]).toEqual([0, 0, 10, 10, 20, 20, 0, 0, 0, 0, 0, 0])
    expect(makespanMs).toBe(30)
  })

  test('scores are weighed, and a decision says how it came about', () => {
    const decisions: Decision[] = []
    const likes = (name: string, id: string, weight: number): Plugin => ({
      name,
      weight,
      score: (question) => (question.worker.id === id ? 100 : 0),
    })
    const policy = createPolicy(fifo(), [likes('warm', 'w3', 1), likes('cheap', 'w2', 3)], {
      onDecision: (decision) => decisions.push(decision),
    })
    const { placedOn } = simulated(policy, [task('a')])
    expect(workers[placedOn[0] ?? -1]?.id).toBe('w2')
    expect(decisions).toHaveLength(1)
    const [decision] = decisions
    expect(decision === undefined ? [] : explainDecision(decision)).toEqual([
      'a#1 was placed on w2 at 0.0 s: it scored 75 (warm 0, cheap 100 x 3) there, the best of 3 places.',
      'w1 scored 0 (warm 0, cheap 0 x 3).',
      'w3 scored 25 (warm 100, cheap 0 x 3).',
    ])
  })

  test('a refusal names its plugin, and the task goes elsewhere', () => {
    const decisions: Decision[] = []
    const notOnFirst = definePlugin({
      name: 'not-on-w1',
      admit: (question) => (question.worker.id === 'w1' ? refuse('it is noisy', 'worker') : undefined),
    })
    simulated(createPolicy(fifo(), [notOnFirst], { onDecision: (decision) => decisions.push(decision) }), [task('a')])
    expect(decisions[0]?.worker).toBe('w2')
    expect(decisions[0]?.considered[0]).toEqual({
      kind: 'refused',
      worker: 'w1',
      by: 'not-on-w1',
      because: 'it is noisy',
    })
  })

  test('keys of plugins go before that of the strategy', () => {
    const urgentFirst = definePlugin({
      name: 'urgent-first',
      key: ({ task: { tags } }) => (tags.has('urgent') ? 0 : 1),
    })
    const tasks = [task('long', { expectedMs: 30 }), task('urgent', { tags: ['urgent'], expectedMs: 5 })]
    const one = [worker('w', 'h', 1)]
    expect([...simulated(longestFirst(), tasks, one).startsMs]).toEqual([0, 30])
    expect([...simulated(createPolicy(longestFirst(), [urgentFirst]), tasks, one).startsMs]).toEqual([5, 0])
  })

  test('a task that is held goes when its time has come', () => {
    const notBefore = definePlugin({
      name: 'not-before',
      permit: ({ nowMs }) =>
        nowMs < 50 ? { kind: 'held', untilMs: 50, because: 'the fleet is asleep' } : { kind: 'allowed' },
    })
    expect([...simulated(createPolicy(fifo(), [notBefore]), [task('a')]).startsMs]).toEqual([50])
  })

  test('how attempts of a kind went on a class of workers is known in the same run', () => {
    const rates: number[] = []
    const looks = definePlugin({
      name: 'looks',
      score: ({ worker: { class: own }, facts }) => {
        rates.push(facts.passRateOn(own))
        return 0
      },
    })
    const workload = {
      tasks: [task('a'), task('b')],
      workers: [worker('w', 'h', 1)],
      result: ({ id }: TaskDefinition) => (id === 'a' ? ('failed' as const) : ('passed' as const)),
    }
    simulateSchedule({ workload, policy: createPolicy(fifo(), [looks]) })
    expect(rates).toEqual([0.5, 1 / 3])
  })
})

describe('what plugins get wrong is named and left out', () => {
  const broken: readonly { readonly point: string; readonly plugin: Plugin }[] = [
    {
      point: 'key',
      plugin: {
        name: 'bad',
        key: () => {
          throw new Error('boom')
        },
      },
    },
    { point: 'key', plugin: { name: 'bad', key: () => NaN } },
    {
      point: 'admit',
      plugin: {
        name: 'bad',
        admit: () => {
          throw new Error('boom')
        },
      },
    },
    { point: 'score', plugin: { name: 'bad', score: () => NaN } },
    { point: 'score', plugin: { name: 'bad', score: () => 1e9 } },
    { point: 'claims', plugin: { name: 'bad', claims: () => [claim('x', 3, { limit: 2 })] } },
    { point: 'permit', plugin: { name: 'bad', permit: () => ({ kind: 'held', untilMs: NaN, because: '' }) } },
    {
      point: 'observe',
      plugin: {
        name: 'bad',
        observe: () => {
          throw new Error('boom')
        },
      },
    },
  ]

  test.each(broken)('$point', ({ point, plugin }) => {
    const problems: PluginProblem[] = []
    const tasks = Array.from({ length: 10 }, (_, i) => task(`t${i}`))
    const policy = createPolicy(fifo(), [plugin], { onProblem: (problem) => problems.push(problem) })
    expect(simulated(policy, tasks).verdicts).toEqual({ passed: 10 })
    // Three times, and then it is asked nothing more; an answer that was put right does not end it.
    expect(problems.length).toBeGreaterThanOrEqual(3)
    expect(problems[0]).toMatchObject({ plugin: 'bad', point, isDropped: false })
    expect(problems[2]).toMatchObject({ plugin: 'bad', point, isDropped: true })
  })

  test('one that holds for ever holds for as long as it may', () => {
    const problems: PluginProblem[] = []
    const forEver = definePlugin({
      name: 'for-ever',
      permit: ({ nowMs }) => ({ kind: 'held', untilMs: nowMs + 5, because: 'not now' }),
    })
    const policy = createPolicy(fifo(), [forEver], {
      maxHoldMs: 100,
      onProblem: (problem) => problems.push(problem),
    })
    expect([...simulated(policy, [task('a')]).startsMs]).toEqual([100])
    expect(problems).toEqual([
      { plugin: 'for-ever', point: 'permit', about: 'a', because: 'it held the task for 100 ms', isDropped: false },
    ])
  })

  test('one that denies until a change which never comes does so for as long as it may', () => {
    const waitsForNobody = definePlugin({
      name: 'waits-for-nobody',
      permit: () => ({ kind: 'denied', because: 'another has to end first', wakesOn: 'task-judged' }),
    })
    const policy = createPolicy(fifo(), [waitsForNobody], { maxHoldMs: 100 })
    expect([...simulated(policy, [task('a')]).startsMs]).toEqual([100])
  })

  test('plugins that do not go together are refused before the run', () => {
    const other = definePlugin({ ...oneBrowserPerHost, name: 'two-browsers-on-h1', limits: ['browser@h1'] })
    expect(() => createPolicy(fifo(), [oneBrowserPerHost, other])).toThrow(
      'one-browser-per-host with browser@* and two-browsers-on-h1 with browser@h1',
    )
    expect(() => createPolicy(fifo(), [oneBrowserPerHost, oneBrowserPerHost])).toThrow('two called')
    expect(() => createPolicy(fifo(), [{ name: 'half', lane: () => 'a' }])).toThrow('both `lane` and `laneKey`')
  })
})

import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { explainPlanned } from './explain-planned.ts'
import { inStartOrder, type PlanView } from './plan-view.ts'
import { renderPlan } from './render-plan.ts'

const look = lookOf({ colour: false, unicode: false })
const plan: PlanView = {
  version: 1,
  project: 'shop',
  strategy: { name: 'critical-path-first', because: 'all durations are known' },
  slots: 2,
  runners: 'node',
  tasks: inStartOrder([
    { id: 'gpu', kind: 'node', groups: [], dependsOn: [], idle: 'No worker could run it; missing: label gpu.' },
    {
      id: 'e2e/login.test.js',
      kind: 'node',
      groups: [],
      dependsOn: ['build'],
      startMs: 4000,
      expected: { medianMs: 1500, p10Ms: 1000, p90Ms: 3000, samples: 9 },
    },
    {
      id: 'build',
      kind: 'command',
      groups: [],
      dependsOn: [],
      startMs: 0,
      expected: { medianMs: 4000, p10Ms: 4000, p90Ms: 4000, samples: 0 },
    },
  ]),
  groups: [],
  dependencies: 1,
  times: { makespanMs: 5500, workMs: 5500, boundMs: 5500, assumed: 0, assumedMs: 2750 },
  criticalPath: { tasks: ['build', 'e2e/login.test.js'], ms: 5500 },
  warnings: ['rules[0].files: no task has such a file'],
}

test('a plan is a table in the order of the starts, and what the whole comes to', () => {
  expect(renderPlan(plan, Infinity, look)).toEqual([
    '#  task               runner   start  takes           range  after',
    '1  build              command   0 ms  4.0 s',
    '2  e2e/login.test.js  node     4.0 s  1.5 s  1.0 s to 3.0 s  build',
    '3  gpu                node     never                         No worker could run it; missing: label gpu.',
    '',
    '3 tasks, 1 dependency on 2 slots, found by node.',
    'Strategy: critical-path-first (all durations are known).',
    'Expected: about 5.5 s for 5.5 s of work; no order could take less than 5.5 s.',
    'Critical path (5.5 s): build > e2e/login.test.js',
    'note: rules[0].files: no task has such a file',
  ])
})

test('no times are shown where none are known', () => {
  const unknown = {
    ...plan,
    times: undefined,
    criticalPath: undefined,
    tasks: plan.tasks.map(({ expected: _, ...task }) => task),
  }
  const lines = renderPlan(unknown, Infinity, look)
  expect(lines[0]).toBe('#  task               runner   start  after')
  expect(lines[1]).toBe('1  build              command')
  expect(lines).toContain(
    'No durations are known yet: the order is that of the files. They are learned with the first run.',
  )
})

test('a task of the plan is explained', () => {
  expect(explainPlanned(plan, 'e2e/login.test.js')).toEqual({
    task: 'e2e/login.test.js',
    status: 'planned',
    waitsFor: ['build'],
    sentences: [
      'No run that was looked into has it; this is what the plan says.',
      'It would start as number 2 of 3, after about 4.0 s, by critical-path-first (all durations are known).',
      'It waits for build.',
      'It is expected to take 1.5 s (1.0 s to 3.0 s).',
      'It lies on the critical path: while it is late, the whole run is.',
    ],
  })
  expect(explainPlanned(plan, 'gpu').sentences).toContain(
    'It would not run. No worker could run it; missing: label gpu.',
  )
})

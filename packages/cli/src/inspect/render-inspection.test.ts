import type { RunInspection, RunRecord } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf } from '../terminal/fit-width.ts'
import { lookOf } from '../terminal/look.ts'
import { type InspectionParts, inspectionView } from './inspection-view.ts'
import { renderInspection } from './render-inspection.ts'

const look = lookOf({ colour: false, unicode: true })
const totals = {
  ...{
    passed: 1,
    flaky: 0,
    failed: 1,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  },
  ...{ tasks: 5, open: 3 },
}
const inspection: RunInspection = {
  run: 'nightly-7',
  phase: 'running',
  startedAtWallMs: 1_000_000,
  lastWallMs: 1_010_000,
  atMs: 10_000,
  totals,
  workers: [
    {
      id: 'local',
      host: 'box',
      slots: 2,
      running: [
        { task: 'e2e/login', n: 2, launchedAtMs: 3000, startedAtMs: 4000 },
        { task: 'e2e/cart', n: 1, launchedAtMs: 9000 },
      ],
    },
  ],
  waiting: [{ kind: 'dependencies', because: 'It waits for e2e/login to end.', tasks: ['a', 'b', 'c', 'd'] }],
  judged: [
    { task: 'unit', verdict: { kind: 'passed' } },
    { task: 'lint', verdict: { kind: 'failed' } },
  ],
  tasks: ['unit', 'lint', 'e2e/login', 'e2e/cart', 'a'].map((id) => ({ id, kind: 'command' })),
}
const record: RunRecord = {
  run: 'nightly-7',
  name: 'shop',
  createdAtWallMs: 1_000_000,
  status: 'open',
  epoch: 1,
  rows: 9,
  owner: { name: 'box:42', isAlive: true },
}
const parts: InspectionParts = { record, inspection, facts: {}, nowWallMs: 1_012_000 }

test('a run that goes on: who runs what and since when, what waits and why, what has failed', () => {
  expect(renderInspection(inspectionView(parts), 80, look)).toEqual([
    'shop · nightly-7',
    'Running (box:42); last recorded 2.0 s ago.',
    '2 of 5 tasks done · 12 s of run time',
    '',
    'Did not pass so far (1)',
    '  ✖ lint',
    '',
    'Workers',
    '  local on box: 2 of 2 slots taken',
    '    ● e2e/login  8.0 s, attempt 2',
    '    ● e2e/cart  on its way for 3.0 s',
    '',
    'Waiting (4)',
    '  ○ It waits for e2e/login to end.',
    '      a, b, c and 1 more',
  ])
})

test('a worker that was put out and the breakers that opened are shown, with the reason', () => {
  const [local] = inspection.workers
  const view = inspectionView({
    ...parts,
    inspection: {
      ...inspection,
      workers: [{ ...local, id: 'w3', slots: 1, running: [], quarantine: '2 tasks in a row failed on it' }],
      breakers: [
        { key: 'resource:payments', state: 'open', because: '5 of the last 6 failed', openings: 2 },
        { key: 'probation:w3', state: 'closed', because: 'it works again', openings: 1 },
      ],
    },
  })
  expect(view.breakers?.map(({ key }) => key)).toEqual(['resource:payments', 'probation:w3'])
  expect(renderInspection(view, 80, look).slice(8, 17)).toEqual([
    '  w3 on box: 0 of 1 slot taken',
    '    ⊘ put out, is given nothing more: 2 tasks in a row failed on it',
    '',
    'Circuit breakers',
    '  ⊘ resource payments: held up, opened 2 times',
    '      5 of the last 6 failed',
    '  ⊘ worker w3: works again',
    '      it works again',
    '',
  ])
})

test('a run whose owner is dead says so, and what to do; its time stands still', () => {
  const owner = { name: 'box:42', isAlive: false }
  const view = inspectionView({ ...parts, record: { ...record, owner } })
  expect(view).toMatchObject({ situation: 'abandoned', elapsedMs: 10_000 })
  expect(renderInspection(view, 80, look).slice(1, 4)).toEqual([
    'Not running: its owner (box:42) is not alive. Last recorded 2.0 s ago.',
    '2 of 5 tasks done · 10 s of run time',
    'muster resume nightly-7 goes on with it; finished work is not repeated.',
  ])
})

test('a run whose owner is stopped lives, and says how it goes on', () => {
  const owner = { name: 'box:42', isAlive: true, isStopped: true }
  const view = inspectionView({ ...parts, record: { ...record, owner } })
  expect(view).toMatchObject({ situation: 'live', isStopped: true, timeLeft: { kind: 'unknown' } })
  expect(renderInspection(view, 80, look).slice(1, 4)).toEqual([
    'Stopped, by Ctrl-Z say: its owner (box:42) lives. Last recorded 2.0 s ago.',
    '2 of 5 tasks done · 12 s of run time',
    'fg in its terminal, or SIGCONT to the process, lets it go on.',
  ])
})

test('a run that nobody owns any more can be resumed unless it is over', () => {
  const { owner: _, ...unowned } = record
  expect(inspectionView({ ...parts, record: unowned }).situation).toBe('abandoned')
  const over = inspectionView({ ...parts, inspection: { ...inspection, phase: 'over', ending: 'interrupted' } })
  expect(over).toMatchObject({
    situation: 'interrupted',
    advice: expect.stringContaining('muster resume nightly-7') as string,
  })
  const finished = inspectionView({ ...parts, inspection: { ...inspection, phase: 'over', ending: 'finished' } })
  expect(finished.advice).toContain('muster report nightly-7')
})

test('the time left is told where durations are known', () => {
  const duration = { medianMs: 10_000, p10Ms: 9000, p90Ms: 11_000, samples: 9 }
  const facts = Object.fromEntries(inspection.tasks.map(({ id }) => [id, { duration }]))
  expect(inspectionView({ ...parts, facts }).timeLeft.kind).toBe('range')
  expect(inspectionView(parts).timeLeft.kind).toBe('unknown')
})

test('a clock that is behind shows nothing from the future', () => {
  const view = inspectionView({ ...parts, nowWallMs: 5 })
  expect(view.quietMs).toBe(0)
  expect(view.workers[0]?.running.map(({ forMs }) => forMs)).toEqual([6000, 1000])
})

test('no line is wider than the terminal, whatever tasks are called', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom('\u001B[2J', 'a\nb', '漢字'.repeat(60), '\u202Etxt'),
  )
  fc.assert(
    fc.property(hostile, hostile, fc.integer({ min: 20, max: 120 }), (name, message, columns) => {
      const view = inspectionView({
        ...parts,
        record: { ...record, name },
        inspection: {
          ...inspection,
          workers: [
            {
              id: name,
              slots: 1,
              quarantine: message,
              running: [{ task: name, n: 1, launchedAtMs: 0, startedAtMs: 1 }],
            },
          ],
          breakers: [{ key: name, state: 'open', because: message, openings: 1 }],
          waiting: [{ kind: 'placement', because: message, tasks: [name, name] }],
          judged: [{ task: name, verdict: { kind: 'blocked', by: message } }],
        },
      })
      for (const line of renderInspection(view, columns, look)) {
        expect(columnsOf(line)).toBeLessThanOrEqual(columns)
        expect(line).not.toMatch(/[\u0000-\u001F\u007F\u202E]/)
      }
    }),
  )
})

test('what was handed over ahead takes no slot', () => {
  const running = ['a', 'b', 'c', 'd'].map((task, at) => ({
    task,
    n: 1,
    launchedAtMs: 1,
    ...(at < 2 ? { startedAtMs: 2 } : {}),
  }))
  const workers = [{ id: 'local', slots: 2, running }]
  const lines = renderInspection(inspectionView({ ...parts, inspection: { ...inspection, workers } }), 80, look)
  expect(lines).toContain('  local: 2 of 2 slots taken, 2 more handed over ahead')
})

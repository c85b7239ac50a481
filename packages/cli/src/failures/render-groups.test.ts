import { groupFailures } from '@muster/analysis'
import type { TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { groupSummary, renderGroups } from './render-groups.ts'

const look = lookOf({ colour: false, unicode: false })

function failed(id: string, message: string): TaskReport {
  const failure = makeFailure({ category: 'network', code: 'refused', message, evidence: [], suggestion: 'Start it.' })
  const ending = { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure } } as const
  return { id, kind: 'unit', attempts: [{ n: 1, worker: 'local', launchedAtMs: 0, closedAtMs: 1, ending }] }
}

const tasks = ['a', 'b', 'c', 'd'].map((id, i) => failed(id, `connect ECONNREFUSED 10.0.0.${String(i)}:5432`))

test('the closing summary names the causes that hold more than one failure', () => {
  expect(groupSummary(groupFailures({ tasks }), look)).toEqual([
    '4 failures, 1 cause.',
    '   4 × connect ECONNREFUSED <n> (port 5432)',
  ])
})

test('where every failure is a cause of its own the summary says nothing more', () => {
  const apart = [failed('a', 'the mailer is asleep'), failed('b', 'the ledger is locked')]
  expect(groupSummary(groupFailures({ tasks: apart }), look)).toEqual([])
})

test('a single cause is told, with its kind, whose fault it is and what to do', () => {
  const one = [failed('a', 'the mailer is asleep')]
  expect(groupSummary(groupFailures({ tasks: one }), look, { tasks: one })).toEqual([
    '1 failure, 1 cause.',
    '   1 × the mailer is asleep',
    '       why: network, refused; fault: environment. Start it.',
  ])
})

test('the view says how the first was judged, and all of what it rests on where that is asked for', () => {
  const failure = makeFailure({
    ...{ category: 'network', message: 'no', rule: 'network/refused', confidence: 0.9, phase: 'set-up' },
    ...{ evidence: ['one', 'two', 'three', 'four'], suggestion: 'Start it.' },
  } as const)
  const ending = { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure } } as const
  const one: TaskReport[] = [
    { id: 'a', kind: 'x', attempts: [{ n: 1, worker: 'local', launchedAtMs: 0, closedAtMs: 1, ending }] },
  ]
  const lines = renderGroups(groupFailures({ tasks: one }), look, { tasks: one }).join('\n')
  expect(lines).toContain('network; fault: environment; a retry may help; phase: set-up')
  expect(lines).toContain('told by rule network/refused, 90 % sure')
  expect(lines).toContain('and 1 more, with --verbose')
  expect(renderGroups(groupFailures({ tasks: one }), look, { tasks: one, isWhole: true }).join('\n')).toContain(
    'from four',
  )
})

test('the view says where to look', () => {
  expect(renderGroups(groupFailures({ tasks }), look)).toEqual([
    '4 failures, 1 cause.',
    '',
    '   4 × connect ECONNREFUSED <n> (port 5432)',
    '     network, refused',
    '     first: a: connect ECONNREFUSED 10.0.0.0:5432',
    '     in other words as well: connect ECONNREFUSED 10.0.0.1:5432',
    '     4 tests: a, b, c …; on local',
    '     Start it.',
  ])
})

test('no text of a test reaches the terminal as an escape', () => {
  const lines = renderGroups(groupFailures({ tasks: [failed('\u001B[2Ja', '\u001B]0;x\u0007 refused\r\nnow')] }), look)
  expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
})

test('names as long as a book are cut', () => {
  const lines = renderGroups(groupFailures({ tasks: [failed('a'.repeat(10_000), 'no'), failed('b', 'no')] }), look)
  for (const line of lines) expect(line.length).toBeLessThan(400)
})

test('a message that was only cut is no other one', () => {
  const lines = renderGroups(groupFailures({ tasks: [failed('a', 'm'.repeat(2000))] }), look)
  expect(lines.join('\n')).not.toContain('in other words')
})

import { explainFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { renderClassified } from './render-classified.ts'

const look = lookOf({ colour: false, unicode: false })

test('the line that told is marked among its neighbours, and what to do comes last', () => {
  const text = 'one\ntwo\nError: connect ECONNREFUSED 127.0.0.1:5432\n    at connect\nfive\nsix'
  expect(renderClassified(explainFailure({ text }), text, look)).toEqual([
    'network, refused (rule network/refused/errno, 90 % sure)',
    '  fault: environment; a retry may help; severity: low',
    '       1  one',
    '       2  two',
    '>      3  Error: connect ECONNREFUSED 127.0.0.1:5432',
    expect.stringContaining('4  '),
    '       5  five',
    '  Nothing listens at that address. Start the service before the test, or wait until it is ready.',
  ])
})

test('where nothing is known it says so, and where a signal told it names that', () => {
  expect(renderClassified(explainFailure({ text: 'nothing to see' }), 'nothing to see', look)[0]).toBe(
    'unknown (no rule)',
  )
  expect(renderClassified(explainFailure({ exitCode: 139 }), '', look)).toContain('  from exit code 139')
})

test('a log in which nothing failed says so, and an exit code that means nothing is named', () => {
  const said = (text: string, exitCode?: number): string =>
    renderClassified(explainFailure({ text, exitCode }), text, look).join('\n')
  expect(said('')).toContain('nothing failed in it: it is empty')
  expect(said('Tests  3 passed (3)')).toContain('nothing failed in it')
  expect(said('the build failed')).toContain('a retry does not help')
  expect(said('', 300)).toContain('from exit code 300')
})

test('hostile lines stay on their line', () => {
  const text = `\u001b]0;title\u0007${'x'.repeat(100_000)} ECONNREFUSED \u001b[2J`
  const lines = renderClassified(explainFailure({ text }), text, look)
  expect(lines.every((line) => line.length < 600 && !line.includes('\u001b'))).toBe(true)
})

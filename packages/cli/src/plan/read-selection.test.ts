import { buildGraph, requireGraph, select } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { wordsBelow, wordsForDiscovery, wordsForGraph } from './read-selection.ts'

const files = ['src/a.test.ts', 'src/b/c.test.ts', 'src/[id]/d,e.test.ts', 'e2e/login.test.ts']
const tasks = [
  ...files.map((file) => ({
    id: file,
    file,
    groups: file.startsWith('e2e/') ? ['browser'] : [],
    dependsOn: file.startsWith('e2e/') ? ['build'] : [],
  })),
  { id: 'build' },
]
const graph = requireGraph(buildGraph(tasks))
const chosen = (...words: readonly string[]): readonly string[] =>
  select(graph, wordsForGraph(words, tasks, [{ id: 'browser' }]))

test.each([
  [['src'], ['src/a.test.ts', 'src/b/c.test.ts', 'src/[id]/d,e.test.ts']],
  [['./src/b/'], ['src/b/c.test.ts']],
  [['src/[id]'], ['src/[id]/d,e.test.ts']],
  [['+e2e'], ['e2e/login.test.ts', 'build']],
  [['build+'], ['e2e/login.test.ts', 'build']],
  [['!src'], ['e2e/login.test.ts', 'build']],
  [['browser'], ['e2e/login.test.ts']],
  [
    ['src/**/c.*', 'build'],
    ['src/b/c.test.ts', 'build'],
  ],
  [['src/a.test.ts:12'], ['src/a.test.ts']],
  [['.'], [...files, 'build']],
  [['./'], [...files, 'build']],
])('%j chooses %j', (words, ids) => {
  expect(chosen(...words)).toEqual(ids)
})

test('what is not there is told, with the nearest name', () => {
  expect(() => chosen('buidl')).toThrow(/Did you mean "build"/)
})

test('only a line needs the runner', () => {
  expect(wordsForDiscovery(['./src', 'tag:slow'])).toEqual([])
  expect(wordsForDiscovery(['./a.test.ts:12', 'src', '+e2e'])).toEqual(['a.test.ts:12', 'src'])
})

test('several lines of one file choose the one task that they have become', () => {
  const asked = ['src/a.test.ts:2', './src/a.test.ts:4', 'src/a.test.ts:2,4']
  const both = [{ id: 'src/a.test.ts:2:4', file: 'src/a.test.ts' }]
  expect(wordsForGraph(asked, both, [])).toEqual(['src/a.test.ts:2:4'])
  expect(wordsForDiscovery(['src/a.test.ts:2,4'])).toEqual(['src/a.test.ts:2,4'])
})

test('absolute paths below the root are read from there', () => {
  expect(wordsBelow('/shop', ['/shop/src/a.test.ts:2', '!/shop/e2e', '/shop', '/shopping/a', 'src'])).toEqual([
    'src/a.test.ts:2',
    '!e2e',
    '.',
    '/shopping/a',
    'src',
  ])
})

import { describe, expect, test } from 'vitest'
import type { NodeEvent, TestPlace } from './node-event.ts'
import { TestTree } from './test-tree.ts'

const completed = (place: TestPlace, passed = true): NodeEvent => ({
  kind: 'completed',
  isSuite: false,
  passed,
  durationMs: 1,
  ...place,
})

function treeOf(events: readonly NodeEvent[]): { readonly tree: TestTree; readonly cases: readonly string[] } {
  const tree = new TestTree()
  const cases = events
    .flatMap((event) => tree.add(event) ?? [])
    .map(({ path, result }) => `${path.join(' > ')} ${result}`)
  return { tree, cases }
}

// Node 24 numbers its tests; Node 22 tells them apart by their place only.
describe.each([true, false])('with numbered tests: %s', (isNumbered) => {
  const at = (name: string, id: number, nesting = 0, parent = 0): TestPlace =>
    isNumbered ? { name, nesting, id, parent } : { name, nesting, line: id, column: 1, file: 'a.js' }
  const outer = at('outer', 1)
  const inner = at('inner', 2, 1, 1)
  const next = at('next', 3)

  test('a nested test is called by its path', () => {
    const { cases } = treeOf([
      { kind: 'enqueued', ...outer },
      { kind: 'started', ...outer },
      { kind: 'enqueued', ...inner },
      { kind: 'started', ...inner },
      completed(inner),
      completed(outer, false),
    ])
    expect(cases).toEqual(['outer > inner passed', 'outer failed'])
  })

  test('what began and did not end is the innermost open test, what never began is waiting', () => {
    const { tree } = treeOf([
      { kind: 'enqueued', ...outer },
      { kind: 'enqueued', ...next },
      { kind: 'started', ...outer },
      { kind: 'enqueued', ...inner },
      { kind: 'started', ...inner },
    ])
    expect(tree.unfinished.map(({ path }) => path)).toEqual([['outer', 'inner']])
    expect(tree.waiting.map(({ path }) => path)).toEqual([['next']])
    expect(tree.success).toBeUndefined()
  })

  test('what began and did not end took until its process ended', () => {
    const tree = new TestTree()
    tree.add({ kind: 'started', ...outer }, 100)
    tree.add({ kind: 'started', ...inner }, 150)
    tree.stop(2150)
    expect(tree.unfinished).toMatchObject([{ path: ['outer', 'inner'], durationMs: 2000 }])
  })

  test('an end that is told twice counts once', () => {
    const { cases } = treeOf([
      { kind: 'enqueued', ...outer },
      { kind: 'started', ...outer },
      completed(outer),
      completed(outer),
    ])
    expect(cases).toEqual(['outer passed'])
  })

  test('two tests of one name in one place are two tests', () => {
    const twin = at('twin', 1)
    const other = isNumbered ? at('twin', 2) : twin
    const { cases, tree } = treeOf([
      { kind: 'enqueued', ...twin },
      { kind: 'enqueued', ...other },
      { kind: 'started', ...twin },
      completed(twin),
      { kind: 'started', ...other },
      completed(other, false),
    ])
    expect(cases).toEqual(['twin passed', 'twin failed'])
    expect(tree.waiting).toEqual([])
  })
})

test('a suite is no case, unless its own body failed', () => {
  const suite: TestPlace = { name: 'suite', nesting: 0, id: 1 }
  const ended = (passed: boolean, failureType?: string): NodeEvent => ({
    kind: 'completed',
    isSuite: true,
    passed,
    durationMs: 1,
    failureType,
    ...suite,
  })
  const begun: readonly NodeEvent[] = [
    { kind: 'enqueued', ...suite },
    { kind: 'started', ...suite },
  ]
  expect(treeOf([...begun, ended(true)]).cases).toEqual([])
  expect(treeOf([...begun, ended(false, 'subtestsFailed')]).cases).toEqual([])
  expect(treeOf([...begun, ended(false, 'testCodeFailure')]).cases).toEqual(['suite failed'])
})

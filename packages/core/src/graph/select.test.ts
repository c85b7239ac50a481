import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { select } from './select.ts'

const graph = requireGraph(
  buildGraph([
    { id: 'build', tags: ['setup'], file: 'src/build.ts' },
    { id: 'unit/cart', dependsOn: ['build'], groups: ['unit'], file: 'src/cart.test.ts' },
    { id: 'unit/pay', dependsOn: ['build'], groups: ['unit'], tags: ['slow'], file: 'src/pay.test.ts' },
    { id: 'report', dependsOn: ['unit', { on: 'lint', kind: 'optional' }] },
    { id: 'lint' },
    { id: 'c++' },
    { id: 'after c++', dependsOn: ['c++'] },
    { id: 'a,b' },
  ]),
)

test.each([
  ['build', ['build']],
  ['unit', ['unit/cart', 'unit/pay']],
  ['group:unit', ['unit/cart', 'unit/pay']],
  ['unit/*', ['unit/cart', 'unit/pay']],
  ['unit/{cart,pay},!unit/pay', ['unit/cart']],
  ['+report', ['build', 'unit/cart', 'unit/pay', 'report']],
  ['+unit', ['build', 'unit/cart', 'unit/pay']],
  ['unit+', ['unit/cart', 'unit/pay', 'report']],
  ['+unit/cart+', ['build', 'unit/cart', 'report']],
  ['lint+', ['lint']],
  ['tag:slow', ['unit/pay']],
  ['tag:s*', ['build', 'unit/pay']],
  ['file:src/*.test.ts', ['unit/cart', 'unit/pay']],
  ['file:src/build.ts', ['build']],
  ['file:*.py', []],
  ['c++', ['c++']],
  ['c+++', ['c++', 'after c++']],
  ['a,b', ['a,b']],
  ['a?b', ['a,b']],
  [' build , !tag:slow ', ['build']],
])('%s', (expression, expected) => {
  expect(select(graph, expression)).toEqual(expected)
})

test('several expressions add up, and those that only take away take away', () => {
  expect(select(graph, ['build', 'lint'])).toEqual(['build', 'lint'])
  expect(select(graph, ['!tag:slow', 'unit'])).toEqual(['unit/cart'])
  expect(select(graph, ['!unit', '!c++,!a?b'])).toEqual(['build', 'report', 'lint', 'after c++'])
})

test('a name that is not there is a mistake, told with the nearest', () => {
  expect(() => select(graph, 'biuld')).toThrow(
    'TASK_UNKNOWN: expected the name of a task or group, got "biuld". Did you mean "build"?',
  )
  expect(() => select(graph, 'tag:slwo')).toThrow(
    'SELECTION_INVALID: expected the name of a tag, got "slwo". Did you mean "slow"?',
  )
  expect(() => select(graph, 'group:units')).toThrow('Did you mean "unit"?')
  expect(() => select(graph, 'file:src/biuld.ts')).toThrow('Did you mean "src/build.ts"?')
  for (const empty of ['', '+', '!', 'build,', 'tag:'])
    expect(() => select(graph, empty)).toThrow('SELECTION_INVALID: expected a name or a glob in every part')
})

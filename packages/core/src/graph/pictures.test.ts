import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { fromJson, toJson } from './graph-document.ts'
import { toDot } from './to-dot.ts'
import { toMermaid } from './to-mermaid.ts'
import { toText } from './to-text.ts'

const graph = requireGraph(
  buildGraph([
    { id: 'build' },
    { id: 'say "hi"\n<b>&#;\\', dependsOn: ['build'], groups: ['tests'] },
    { id: 'docs' },
    {
      id: 'publish',
      dependsOn: ['build', 'tests', { on: 'docs', kind: 'soft', timeLimitMs: 500 }, { on: '🦊', kind: 'optional' }],
    },
    { id: '🦊' },
  ]),
)

test('Mermaid: ids are labels, every sign of the language is a code, implied edges are left out', () => {
  expect(toMermaid(graph)).toBe(
    [
      'flowchart LR',
      '  n0["build"]',
      '  n1["say #34;hi#34;<br/>#60;b#62;#38;#35;#59;#92;"]',
      '  n2["docs"]',
      '  n3["publish"]',
      '  n4["#129418;"]',
      '  n5(["tests"])',
      '  n0 --> n1',
      '  n5 --> n3',
      '  n2 -.->|"within 500 ms"| n3',
      '  n4 -.->|"optional"| n3',
      '  n1 --- n5',
      '',
    ].join('\n'),
  )
  expect(toMermaid(requireGraph(buildGraph([{ id: '1. a' }, { id: '- b' }])))).toContain(
    'n0["1#46; a"]\n  n1["#45; b"]',
  )
  expect(toMermaid(graph, { isReduced: false, direction: 'down' })).toContain('flowchart TD')
  expect(toMermaid(graph, { isReduced: false })).toContain('n0 --> n3')
})

test('DOT: ids are quoted, and quotes, line breaks, entities and control signs in them do no harm', () => {
  expect(toDot(graph)).toBe(
    [
      'digraph muster {',
      '  rankdir=LR',
      '  node [shape=box]',
      '  n0 [label="build"]',
      '  n1 [label="say \\"hi\\"\\n<b>&amp;#;\\\\"]',
      '  n2 [label="docs"]',
      '  n3 [label="publish"]',
      '  n4 [label="🦊"]',
      '  n5 [label="tests" shape=ellipse]',
      '  n0 -> n1',
      '  n5 -> n3',
      '  n2 -> n3 [style=dashed label="within 500 ms"]',
      '  n4 -> n3 [style=dotted]',
      '  n1 -> n5 [arrowhead=none]',
      '}',
      '',
    ].join('\n'),
  )
  expect(toDot(requireGraph(buildGraph([{ id: '\u0000\ud800' }])))).toContain('[label="\ufffd\ufffd"]')
})

test('text: a line for each, in order', () => {
  expect(toText(graph)).toBe(
    [
      'build',
      '"say \\"hi\\"\\n<b>&#;\\\\" <- build',
      'tests (group) = "say \\"hi\\"\\n<b>&#;\\\\"',
      'docs',
      '🦊',
      'publish <- tests, ~docs, ?🦊',
      '',
    ].join('\n'),
  )
})

test('JSON: a document that is none, or is newer, is refused', () => {
  expect(toJson(graph)).toMatchObject({ format: 'muster-graph', version: 1, isOpen: false, groups: [{ id: 'tests' }] })
  for (const wrong of [null, 3, [], {}, { format: 'x' }])
    expect(() => fromJson(wrong)).toThrow('INPUT_UNREADABLE: expected a document')
  expect(() => fromJson({ ...toJson(graph), version: 2 })).toThrow('expected version 1 of it, got 2. Use a version')
  expect(() => fromJson({ ...toJson(graph), tasks: 5 })).toThrow('`tasks` to be a list')
  expect(fromJson({ ...toJson(graph), tasks: [{ id: 1 }] }).kind).toBe('invalid')
})

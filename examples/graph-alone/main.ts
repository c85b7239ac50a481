// The dependency graph without anything that runs: what is wrong with it, in which order it goes, what takes longest, what
// a selection means. `@muster/core/graph` loads no orchestrator, no schema library and no store.
import {
  buildGraph,
  criticalPath,
  extendGraph,
  formatProblems,
  fromJson,
  type GraphTask,
  readySet,
  reduceEdges,
  requireGraph,
  select,
  toJson,
  toMermaid,
} from '@muster/core/graph'

console.log('Everything that is wrong, at once:')
const wrong = buildGraph([
  { id: 'build', dependsOn: ['publish'] },
  { id: 'unit', dependsOn: ['biuld'] },
  { id: 'publish', dependsOn: ['unit', 'build'] },
  { id: 'unit' },
])
if (wrong.kind === 'invalid') console.log(formatProblems(wrong.problems))

const graph = requireGraph(
  buildGraph<GraphTask>([
    { id: 'build', expectedMs: 40 },
    { id: 'lint', expectedMs: 10, tags: ['quick'] },
    { id: 'unit/cart', expectedMs: 20, dependsOn: ['build'], groups: ['unit'] },
    { id: 'unit/price', expectedMs: 30, dependsOn: ['build'], groups: ['unit'] },
    { id: 'e2e', expectedMs: 90, dependsOn: ['unit', 'build'] },
    { id: 'publish', expectedMs: 5, dependsOn: ['e2e', { on: 'lint', kind: 'soft' }] },
  ]),
)

console.log('\nOrder:', graph.order().join(', '))
console.log(
  'Levels:',
  graph
    .levels()
    .map((level) => level.join(' '))
    .join(' | '),
)
const { lengthMs, path, slackMs } = criticalPath(graph)
console.log(
  `Longest chain: ${path.join(' > ')}, ${lengthMs} ms; lint could start ${slackMs[graph.handle('lint')] ?? 0} ms late`,
)
console.log('unit/cart and what needs it:', select(graph, 'unit/cart+').join(', '))
console.log('what e2e needs, without the quick ones:', select(graph, ['+e2e', '!tag:quick']).join(', '))
const lines = reduceEdges(graph).map(({ from, to }) => `${from} needs ${to}`)
console.log('Lines that a picture needs:', lines.join(', '))

console.log('\nFrom one ready task to the next:')
const set = readySet(graph)
for (let id = set.first(); id !== undefined; id = set.first()) {
  const freed = set.complete(id)
  console.log(`${id} done${freed.length === 0 ? '' : `, now ready: ${freed.join(', ')}`}`)
}

const larger = requireGraph(extendGraph(graph, [{ id: 'announce', dependsOn: ['publish'] }]))
const again = fromJson(JSON.parse(JSON.stringify(toJson(larger))))
console.log(`\nThe larger graph, through JSON and back, has ${requireGraph(again).taskCount} tasks:`)
console.log(toMermaid(larger))

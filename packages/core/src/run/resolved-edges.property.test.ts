// The short cut of edges that a graph has resolved leads to the same state, edge for edge, as the long way does: whoever reads
// the journal back has no graph.
import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from '../graph/build-graph.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import { describeState } from '../testing/simulation/describe-state.ts'
import { randomPlan } from '../testing/simulation/random-plan.ts'
import { fifo } from './fifo.ts'
import { Kernel } from './kernel.ts'
import { kernelOptions } from './kernel-options.ts'
import { fits, type ResolvedEdges } from './resolved-edges.ts'

test('edges that a graph resolved give the same state as ids do', () => {
  let shortCuts = 0
  for (let seed = 1; seed <= 300; seed++) {
    const { tasks, groups } = wholeGraph(seed)
    const graph = requireGraph(buildGraph(tasks, { groups, isOpen: true }))
    const resolved: ResolvedEdges = {
      taskCount: graph.taskCount,
      edges: graph.edges,
      isGroup: (handle) => graph.isGroup(handle),
      id: (handle) => graph.id(handle),
      taskAt: (handle) => graph.taskAt(handle),
    }
    const short = begin(tasks, groups, (kernel) => {
      kernel.informOfGraph({ resolved })
    })
    const long = begin(tasks, groups, () => undefined)
    expect(describeState(short.state)).toEqual(describeState(long.state))
    if (fits(resolved, tasks)) shortCuts++
  }
  expect(shortCuts).toBeGreaterThan(250)
})

function wholeGraph(seed: number): {
  readonly tasks: readonly TaskDefinition[]
  readonly groups: readonly GroupDefinition[]
} {
  const batches = randomPlan(seed).script.flatMap(({ signal }) => (signal.kind === 'add-tasks' ? [signal] : []))
  return { tasks: batches.flatMap(({ tasks }) => tasks), groups: batches.flatMap(({ groups }) => groups ?? []) }
}

function begin(
  tasks: readonly TaskDefinition[],
  groups: readonly GroupDefinition[],
  inform: (kernel: Kernel) => void,
): Kernel {
  const kernel = new Kernel(fifo())
  inform(kernel)
  const options = kernelOptions.parse({ waitForWorkerMs: 1000 })
  const begun = { kind: 'begin', run: 'r', name: 'r', seed: 1, options } as const
  kernel.step([begun, { kind: 'open', epoch: 1 }, { kind: 'add-tasks', tasks, groups }, { kind: 'close-source' }], 0)
  return kernel
}

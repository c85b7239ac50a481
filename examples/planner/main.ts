// A nightly run whose tasks share one device and a little memory: what strategies make of it, what a plan makes of it, and
// what the kernel makes of the plan. Nothing is run: the kernel decides on a clock that jumps from one end to the next.
import { buildGraph, requireGraph } from '@muster/core/graph'
import {
  criticalPathFirst,
  expectedMakespan,
  fifo,
  followPlan,
  lookAhead,
  planSchedule,
  resourceCriticalPathFirst,
  tasksInPlan,
} from '@muster/scheduler'
import { nightly as tasks } from './nightly.ts'

const graph = requireGraph(buildGraph(tasks))
const workers = [{ id: 'lab', engine: 'local', kinds: ['test'], capacity: { slots: 6, memory: 8, device: 1 } }]

// What each strategy would come to. The last two know the whole graph beforehand.
const strategies = [
  fifo(),
  criticalPathFirst(),
  resourceCriticalPathFirst({ graph, workers }),
  lookAhead({ graph, workers }),
]
for (const policy of strategies) {
  const expected = expectedMakespan({ graph, workers, policy })
  if (expected.kind === 'estimated') console.log(`${policy.name}: ${expected.makespanMs} ms`)
}

// A plan: more schedules, a shorter one.
const plan = planSchedule({ graph, workers }, { passes: 3000, seed: 1 })
console.log(`planned: ${plan.makespanMs} ms, and nothing can take less than ${plan.bound.ms} ms`)

// What the plan makes tasks wait for besides their dependencies: whoever holds what they need.
const planned = tasksInPlan(tasks, plan)
const held = plan.tasks.filter(({ after }) => after.length > 0)
console.log(
  `${held.length} of ${tasks.length} tasks also wait for others, for example ${held[0]?.id} for ${held[0]?.after.join(', ')}`,
)

// The kernel keeps to it. Where a task takes longer than expected, only those wait that take over from it.
const followed = expectedMakespan({ graph: requireGraph(buildGraph(planned)), workers, policy: followPlan(plan) })
if (followed.kind === 'estimated') console.log(`followed: ${followed.makespanMs} ms`)

const late = tasksInPlan(
  tasks.map((task) => (task.id === 'touch-unit' ? { ...task, expectedMs: task.expectedMs + 40 } : task)),
  plan,
)
const delayed = expectedMakespan({ graph: requireGraph(buildGraph(late)), workers, policy: followPlan(plan) })
if (delayed.kind === 'estimated') console.log(`followed, with a task that took 40 ms longer: ${delayed.makespanMs} ms`)

// Which task goes to which worker where workers are not equally fast at everything. The one that would suffer most if it did
// not get its best worker is placed first ("sufferage", Maheswaran et al. 1999), and among those the longer, because the
// short ones fill the gaps at the end: without that the rule leaves the long ones for last where they suffer little.
import type { PlanProblem } from './plan-problem.ts'

/** The worker of each node by sufferage, edges left aside; -1 for what does not run. Quadratic in the tasks. */
export function assignBySufferage(problem: PlanProblem): Int32Array {
  const { nodes, workers, runs } = problem
  const loads = new Float64Array(workers)
  const assigned = new Int32Array(nodes).fill(-1)
  const work = workOf(problem)
  const left = Array.from({ length: nodes }, (_, node) => node).filter((node) => runs[node] === 1)
  const wishes = left.map((node) => wishOf(problem, node, { work, loads }))
  while (left.length > 0) {
    let chosen = 0
    for (let at = 1; at < left.length; at++)
      if ((wishes[at]?.urgency ?? 0) > (wishes[chosen]?.urgency ?? 0)) chosen = at
    const node = left[chosen] ?? 0
    const worker = wishes[chosen]?.worker ?? 0
    left.splice(chosen, 1)
    wishes.splice(chosen, 1)
    assigned[node] = worker
    loads[worker] = (loads[worker] ?? 0) + (work[node * workers + worker] ?? 0)
    for (const [at, other] of left.entries())
      if (wishes[at]?.worker === worker || wishes[at]?.second === worker)
        wishes[at] = wishOf(problem, other, { work, loads })
  }
  return assigned
}

/** What a task would take of a worker: its time, times the largest share of what the worker has. */
function workOf({ nodes, workers, durations, demands, resources, capacity }: PlanProblem): Float64Array {
  const work = new Float64Array(nodes * workers)
  for (let node = 0; node < nodes; node++) {
    for (let worker = 0; worker < workers; worker++) {
      let share = 0
      for (let at = demands.starts[node] ?? 0; at < (demands.starts[node + 1] ?? 0); at++)
        share = Math.max(
          share,
          (demands.amounts[at] ?? 0) / (capacity[worker * resources + (demands.packed[at] ?? 0)] ?? 1),
        )
      work[node * workers + worker] = share * (durations[node * workers + worker] ?? 0)
    }
  }
  return work
}

interface Wish {
  readonly worker: number
  readonly second: number
  readonly urgency: number
}

function wishOf(
  { suited, workers }: PlanProblem,
  node: number,
  { work, loads }: { readonly work: Float64Array; readonly loads: Float64Array },
): Wish {
  let [worker, second, bestMs, secondMs, leastMs] = [-1, -1, Infinity, Infinity, Infinity]
  for (let at = suited.starts[node] ?? 0; at < (suited.starts[node + 1] ?? 0); at++) {
    const each = suited.packed[at] ?? 0
    const ownMs = work[node * workers + each] ?? 0
    const endMs = (loads[each] ?? 0) + ownMs
    leastMs = Math.min(leastMs, ownMs)
    if (endMs < bestMs) {
      ;[second, secondMs] = [worker, bestMs]
      ;[worker, bestMs] = [each, endMs]
    } else if (endMs < secondMs) {
      ;[second, secondMs] = [each, endMs]
    }
  }
  return { worker, second, urgency: secondMs - bestMs + leastMs }
}

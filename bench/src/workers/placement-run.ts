// One simulated schedule in a process of its own: what a decision costs once the fleet is full, or by a scan of everything.
import { createPolicy, definePlugin, longestFirst, simulateSchedule } from '@muster/scheduler'
import { drawFleet, type Fleet, isWarm } from '../scheduling/fleet.ts'

const [mode = '', workerCount = '100', taskCount = '1000', seed = '1'] = process.argv.slice(2)
const fleet = drawFleet(Number(workerCount), Number(taskCount), Number(seed))

const warm = definePlugin({
  name: 'warm',
  score: ({ task, worker: { host } }) => ([...task.tags].some((tag) => isWarm(host, tag)) ? 100 : 0),
})

/** Microseconds a decision, the filling of the empty fleet left out: from the first end to the last launch. */
function steady({ workers, tasks }: Fleet): number {
  let firstStepMs = 0
  const { verdicts } = simulateSchedule({
    workload: {
      workers,
      tasks,
      // Asked at each launch: the first ones fill the fleet.
      durationMs: (task) => {
        launched++
        if (firstStepMs === 0 && launched > filled) firstStepMs = performance.now()
        if (launched === tasks.length) endMs = performance.now()
        return task.expectedMs ?? 0
      },
    },
    policy: createPolicy(longestFirst(), [warm]),
  })
  if (verdicts.passed !== tasks.length)
    throw new Error(`expected every task to be placed, got ${JSON.stringify(verdicts)}`)
  return ((endMs - firstStepMs) * 1000) / (tasks.length - filled)
}

let launched = 0
let endMs = 0
// A fleet takes two to four tasks a worker; half of all tasks are decided about when it is surely full.
const filled = Math.floor(fleet.tasks.length / 2)

/** The same choice by looking at every task and every worker: what most schedulers that one finds do. */
function scanned({ workers, tasks }: Fleet): number {
  const free = workers.map(({ capacity }) => ({ ...capacity }))
  const waiting = tasks.toSorted((a, b) => (b.expectedMs ?? 0) - (a.expectedMs ?? 0))
  const running: {
    readonly endMs: number
    readonly worker: number
    readonly needs: Readonly<Record<string, number>>
  }[] = []
  let nowMs = 0
  let decisions = 0
  const began = performance.now()
  while (waiting.length > 0) {
    for (let at = 0; at < waiting.length;) {
      const task = waiting[at]
      const needs: Readonly<Record<string, number>> = { slots: 1, ...task?.needs?.resources }
      let best = -1
      let bestScore = -1
      for (const [worker, definition] of workers.entries()) {
        const left = free[worker] ?? {}
        if (task?.needs?.labels?.some((label) => definition.labels?.includes(label) !== true) === true) continue
        if (Object.entries(needs).some(([name, amount]) => (left[name] ?? 0) < amount)) continue
        const score = task?.tags?.some((tag) => isWarm(definition.host ?? '', tag)) === true ? 100 : 0
        if (score > bestScore) {
          best = worker
          bestScore = score
        }
      }
      const left = free[best]
      if (task === undefined || left === undefined) {
        at++
        continue
      }
      for (const [name, amount] of Object.entries(needs)) left[name] = (left[name] ?? 0) - amount
      running.push({ endMs: nowMs + (task.expectedMs ?? 0), worker: best, needs })
      waiting.splice(at, 1)
      decisions++
    }
    running.sort((a, b) => a.endMs - b.endMs)
    const ended = running.shift()
    if (ended === undefined) break
    nowMs = ended.endMs
    const left = free[ended.worker] ?? {}
    for (const [name, amount] of Object.entries(ended.needs)) left[name] = (left[name] ?? 0) + amount
  }
  return ((performance.now() - began) * 1000) / decisions
}

const us = mode === 'scan' ? scanned(fleet) : steady(fleet)
process.stdout.write(`${JSON.stringify({ us })}\n`)

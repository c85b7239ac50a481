// Draws a simulated run from a seed. Each kind of fault is on in half of the runs only ("swarm testing", A. Groce et al.,
// ISSTA 2012): runs in which everything goes wrong at once hide what a few faults alone would show.
import type { PolicyName } from './policies.ts'
import type { DependencyDefinition } from '../../model/dependency.ts'
import type { GroupDefinition, NeedDefinition, TaskDefinition } from '../../model/task.ts'
import type { WorkerDefinition } from '../../model/worker.ts'
import type { KernelOptions } from '../../run/kernel-options.ts'
import type { ControlSignal } from '../../run/signal.ts'
import type { Behaviour, FaultPlan, ScriptItem, SimulationPlan, WorkerEvent } from './plan.ts'
import { BreakerDice } from './breaker-dice.ts'
import { RetryDice } from './retry-dice.ts'
import { SeededDice } from './seeded-dice.ts'

const labels = ['linux', 'browser'] as const
const kinds = ['unit', 'e2e'] as const

/** How large the runs are. */
export interface PlanSize {
  /** Fewest and most tasks. @defaultValue `[20, 80]` */
  readonly tasks?: readonly [number, number] | undefined
}

/**
 * The plan of a seed: the same seed always gives the same plan.
 *
 * @example
 * ```ts
 * simulate(randomPlan(1234)).broken // => undefined
 * ```
 */
export function randomPlan(seed: number, size: PlanSize = {}): SimulationPlan {
  const dice = new SeededDice(seed)
  const healAtMs = dice.between(200, 1500)
  const [least, most] = size.tasks ?? [20, 80]
  const graph = drawGraph(dice, dice.between(least, most))
  const drawn = Array.from({ length: dice.between(2, 6) }, (_, i) => drawWorker(dice, `w${String(i)}`))
  const together = new BreakerDice(seed)
  const workers = withPrefetch(seed, together.workers(drawn))
  const behaviours: Record<string, Behaviour> = {}
  for (const { definition } of graph.tasks) behaviours[definition.id] = drawBehaviour(dice)
  const hanging = dice.chance(0.3) ? dice.pick(graph.tasks.filter((task) => task.batch === 0)).definition.id : undefined
  // Ends only because somebody cancels it.
  if (hanging !== undefined)
    behaviours[hanging] = { ...drawBehaviour(dice), durationMs: 1e6, obeysCancel: true, kills: 0 }
  const statesIncarnations = dice.chance(0.8)
  const retries = new RetryDice(seed)
  return {
    seed,
    options: together.options(retries.options(drawOptions(dice, healAtMs))),
    policy: drawPolicy(seed, dice.pick(['fifo', 'fifo', 'priority', 'scored', 'picky'])),
    workers,
    spare: {
      id: 'spare',
      engine: 'simulated',
      kinds,
      capacity: { slots: 4, cpu: 8, memory: 16, gpu: 4 },
      labels,
    },
    script: together.script(retries.script(drawScript(dice, { graph, healAtMs, hanging }))),
    behaviours: retries.behaviours(behaviours),
    workerEvents: drawWorkerEvents(dice, workers, healAtMs),
    outages: together.outages(healAtMs),
    badDevices: together.badDevices(workers),
    statesIncarnations,
    faults: drawFaults(dice, { healAtMs, statesIncarnations }),
    healAtMs,
  }
}

interface DrawnTask {
  readonly definition: TaskDefinition
  readonly batch: number
}

interface DrawnGraph {
  readonly tasks: readonly DrawnTask[]
  readonly groups: readonly DrawnGroup[]
  readonly batches: number
}

interface DrawnGroup {
  readonly definition: GroupDefinition
  /** Members rank below it, dependents above. */
  readonly rank: number
  readonly memberLikelihood: number
  /** No members come in batches after this one. */
  readonly lastBatch: number
  readonly isSealedEarly: boolean
}

function drawGraph(dice: SeededDice, count: number): DrawnGraph {
  const batches = dice.chance(0.5) ? 1 : dice.between(2, 4)
  const groups = Array.from({ length: dice.between(0, 4) }, (_, i): DrawnGroup => {
    const lastBatch = dice.between(0, batches - 1)
    return {
      definition: { id: `g${String(i)}`, ...(dice.chance(0.5) ? { concurrency: dice.between(1, 3) } : {}) },
      rank: 0.15 + 0.7 * dice.next(),
      memberLikelihood: dice.chance(0.1) ? 0 : 0.05 + 0.25 * dice.next(),
      lastBatch,
      isSealedEarly: dice.chance(0.5),
    }
  })
  const density = dice.next() * 1.5
  const ranked = Array.from({ length: count }, (_, i) => ({
    id: `t${String(i)}`,
    rank: dice.next(),
    batch: Math.min(batches - 1, Math.floor(((i * dice.pick([1, 1, 1.2])) / count) * batches)),
  }))
  // Handles count up batch by batch, ranks do not care: edges point forwards and backwards inside a batch.
  ranked.sort((a, b) => a.batch - b.batch)
  const usesSkip = dice.chance(0.5)
  const usesLimits = dice.chance(0.5)
  const tasks = ranked.map(({ id, rank, batch }): DrawnTask => {
    const targets = ranked.filter((other) => other.rank < rank && other.batch <= batch)
    const on =
      targets.length === 0
        ? []
        : Array.from({ length: Math.round(dice.next() * density * 2) }, () => dice.pick(targets).id)
    const waitedGroups = groups
      .filter((group) => group.rank < rank && dice.chance(0.08))
      .map((group) => group.definition.id)
    const dependsOn = [...new Set([...on, ...waitedGroups])].map((target) => drawDependency(dice, target, usesLimits))
    const memberOf = groups
      .filter((group) => rank < group.rank && batch <= group.lastBatch && dice.chance(group.memberLikelihood))
      .map((group) => group.definition.id)
    const definition: TaskDefinition = {
      id,
      kind: dice.chance(0.85) ? 'unit' : 'e2e',
      ...(memberOf.length > 0 ? { groups: memberOf } : {}),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
      ...(dice.chance(0.5) ? { needs: drawNeeds(dice) } : {}),
      ...(dice.chance(0.15) ? { timeoutMs: dice.between(10, 120) } : {}),
      ...(dice.chance(0.3)
        ? {
            retry: {
              maxAttempts: dice.between(1, 4),
              baseDelayMs: dice.between(0, 60),
              jitter: dice.pick([0, 0.5, 1]),
            },
          }
        : {}),
      ...(usesSkip && dice.chance(0.07) ? { skip: 'not today' } : {}),
      ...(dice.chance(0.4) ? { priority: dice.between(-2, 3) } : {}),
    }
    return { definition, batch }
  })
  return { tasks, groups, batches }
}

function drawDependency(dice: SeededDice, on: string, usesLimits: boolean): string | DependencyDefinition {
  const kind = dice.pick(['hard', 'hard', 'hard', 'soft', 'soft', 'optional'] as const)
  const timeLimitMs = usesLimits && dice.chance(0.25) ? dice.between(5, 400) : undefined
  if (kind === 'hard' && timeLimitMs === undefined && dice.chance(0.5)) return on
  return { on, kind, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) }
}

function drawNeeds(dice: SeededDice): NeedDefinition {
  const resources: Record<string, number> = {}
  if (dice.chance(0.3)) resources['slots'] = dice.between(1, 2)
  if (dice.chance(0.5)) resources['cpu'] = dice.pick([0.1, 0.5, 1, 2])
  if (dice.chance(0.4)) resources['memory'] = dice.chance(0.04) ? 1000 : dice.between(1, 4)
  if (dice.chance(0.1)) resources['gpu'] = 1
  const locks = dice.some(['database', 'port'], 0.12)
  const wanted = dice.some(labels, 0.1)
  return {
    ...(Object.keys(resources).length > 0 ? { resources } : {}),
    ...(locks.length > 0 ? { locks } : {}),
    ...(wanted.length > 0 ? { labels: wanted } : {}),
  }
}

function drawWorker(dice: SeededDice, id: string): WorkerDefinition {
  return {
    id,
    engine: 'simulated',
    kinds: dice.chance(0.8) ? kinds : ['unit'],
    capacity: {
      slots: dice.between(1, 4),
      ...(dice.chance(0.9) ? { cpu: dice.between(1, 4) } : {}),
      memory: dice.between(2, 8),
      gpu: dice.between(0, 1),
    },
    labels: dice.some(labels, 0.7),
  }
}

/** Some workers take attempts ahead. From dice of its own, so that a seed means the same in all else as it did before. */
function withPrefetch(seed: number, workers: readonly WorkerDefinition[]): readonly WorkerDefinition[] {
  const dice = new SeededDice(seed ^ 0x2c1b3c6d)
  if (dice.chance(0.7)) return workers
  return workers.map((worker) => (dice.chance(0.5) ? { ...worker, prefetch: dice.between(1, 3) } : worker))
}

function drawBehaviour(dice: SeededDice): Behaviour {
  const fails = dice.chance(0.2)
  const first = dice.chance(0.03) ? 'skipped' : dice.chance(0.03) ? 'cancelled' : fails ? 'failed' : 'passed'
  return {
    durationMs: dice.chance(0.1) ? 0 : dice.between(1, dice.chance(0.1) ? 300 : 60),
    results: fails && dice.chance(0.6) ? [first, 'failed', 'passed'].slice(dice.between(0, 1)).map(asResult) : [first],
    hasFlakyCases: dice.chance(0.05),
    obeysCancel: dice.chance(0.7),
    kills: dice.chance(0.03) ? dice.between(1, 4) : 0,
  }
}

function asResult(name: string): Behaviour['results'][number] {
  return name === 'failed' ? 'failed' : name === 'skipped' ? 'skipped' : name === 'cancelled' ? 'cancelled' : 'passed'
}

function drawOptions(dice: SeededDice, healAtMs: number): KernelOptions {
  return {
    retry: {
      maxAttempts: dice.between(1, 3),
      baseDelayMs: dice.between(0, 80),
      factor: dice.pick([1, 2, 3]),
      maxDelayMs: dice.between(40, 300),
      jitter: dice.pick([0, 0.5, 1]),
    },
    timeoutMs: dice.chance(0.2) ? dice.between(20, 200) : null,
    maxFailures: dice.chance(0.15) ? dice.between(1, 6) : null,
    deadlineMs: dice.chance(0.1) ? dice.between(50, healAtMs * 2) : null,
    poisonAfter: dice.between(1, 3),
    maxLosses: dice.chance(0.2) ? dice.between(1, 6) : 100,
    waitForWorkerMs: dice.chance(0.3) ? 0 : dice.between(50, 400),
  }
}

function drawScript(
  dice: SeededDice,
  plan: { readonly graph: DrawnGraph; readonly healAtMs: number; readonly hanging: string | undefined },
): readonly ScriptItem[] {
  const { graph, healAtMs, hanging } = plan
  const script: ScriptItem[] = []
  const batchAtMs: number[] = [0]
  for (let batch = 1; batch < graph.batches; batch++) {
    batchAtMs.push(Math.min(healAtMs, (batchAtMs[batch - 1] ?? 0) + dice.between(0, 400)))
  }
  for (const [batch, atMs] of batchAtMs.entries()) {
    const tasks = graph.tasks.filter((task) => task.batch === batch).map((task) => task.definition)
    const groups = batch === 0 ? graph.groups.map((group) => group.definition) : []
    const chunks = [...chunksOf(dice, tasks, groups)]
    // Somebody may say that no more will come while the last batch is on its way.
    const closesAfter = batch === graph.batches - 1 && dice.chance(0.3) ? dice.between(1, chunks.length) : Infinity
    for (const [i, signal] of chunks.entries()) {
      if (i === closesAfter) script.push({ atMs, signal: { kind: 'close-source' } })
      script.push({ atMs, signal })
    }
  }
  for (const { definition, lastBatch, isSealedEarly } of graph.groups) {
    const atMs = (batchAtMs[lastBatch] ?? 0) + dice.between(0, 300)
    if (isSealedEarly && atMs < healAtMs) script.push({ atMs, signal: { kind: 'seal-group', group: definition.id } })
  }
  const lastBatchAtMs = batchAtMs.at(-1) ?? 0
  if (dice.chance(0.7)) script.push({ atMs: lastBatchAtMs + dice.between(0, 200), signal: { kind: 'close-source' } })
  // Early, when most tasks wait for their turn, or at any time.
  for (const signal of drawControls(dice, graph)) {
    script.push({ atMs: dice.between(0, dice.chance(0.4) ? 60 : healAtMs), signal })
  }
  if (hanging !== undefined) {
    const signal: ControlSignal = { kind: 'cancel', scope: { kind: 'task', task: hanging }, by: 'somebody' }
    script.push({ atMs: dice.between(0, healAtMs), signal })
  }
  for (const pausedAtMs of dice.some([dice.between(0, healAtMs), dice.between(0, healAtMs)], 0.2)) {
    script.push({ atMs: pausedAtMs, signal: { kind: 'pause' } })
    script.push({ atMs: pausedAtMs + dice.between(1, 300), signal: { kind: 'unpause' } })
  }
  script.push({ atMs: Math.max(healAtMs, lastBatchAtMs + 500), signal: { kind: 'unpause' } })
  script.push({ atMs: Math.max(healAtMs, lastBatchAtMs + 500), signal: { kind: 'close-source' } })
  return script.sort((a, b) => a.atMs - b.atMs)
}

function* chunksOf(
  dice: SeededDice,
  tasks: readonly TaskDefinition[],
  groups: readonly GroupDefinition[],
): Iterable<ControlSignal> {
  const isChunked = dice.chance(0.3)
  const size = isChunked ? Math.max(1, Math.ceil(tasks.length / 3)) : tasks.length
  for (let from = 0; from < tasks.length || from === 0; from += Math.max(1, size)) {
    const chunk = tasks.slice(from, from + size)
    yield { kind: 'add-tasks', tasks: chunk, groups: from === 0 ? groups : [], more: from + size < tasks.length }
  }
}

function drawControls(dice: SeededDice, graph: DrawnGraph): readonly ControlSignal[] {
  const controls: ControlSignal[] = []
  if (dice.chance(0.06)) controls.push({ kind: 'cancel', scope: { kind: 'run' }, by: 'somebody' })
  if (dice.chance(0.12)) controls.push({ kind: 'drain', by: 'somebody' })
  if (dice.chance(0.12)) controls.push({ kind: 'interrupt', by: 'somebody' })
  if (dice.chance(0.25)) {
    const group = dice.chance(0.1)
      ? 'no such group'
      : `g${String(dice.between(0, Math.max(0, graph.groups.length - 1)))}`
    controls.push({ kind: 'cancel', scope: { kind: 'group', group }, by: 'somebody' })
  }
  for (let i = dice.chance(0.5) ? dice.between(1, 16) : 0; i > 0; i--) {
    const task = dice.chance(0.1) ? 'no such task' : dice.pick(graph.tasks).definition.id
    controls.push({ kind: 'cancel', scope: { kind: 'task', task }, by: 'somebody' })
  }
  return controls
}

function drawWorkerEvents(
  dice: SeededDice,
  workers: readonly WorkerDefinition[],
  healAtMs: number,
): readonly WorkerEvent[] {
  const events: WorkerEvent[] = []
  for (let i = dice.chance(0.4) ? 0 : dice.between(1, 8); i > 0; i--) {
    const worker = dice.between(0, workers.length - 1)
    const known = workers[worker]
    if (known === undefined) continue
    events.push({
      atMs: dice.between(0, healAtMs),
      worker,
      kind: dice.pick(['crash', 'crash', 'part', 'drain', 'change', 'change']),
      backAfterMs: dice.between(10, 500),
      definition: dice.chance(0.6) ? known : drawWorker(dice, known.id),
    })
  }
  return events.sort((a, b) => a.atMs - b.atMs)
}

function drawFaults(
  dice: SeededDice,
  { healAtMs, statesIncarnations }: { readonly healAtMs: number; readonly statesIncarnations: boolean },
): FaultPlan {
  const isCalm = dice.chance(0.1)
  const often = (most: number): number => (!isCalm && dice.chance(0.5) ? most * dice.next() : 0)
  return {
    dropSignal: often(0.2),
    doubleSignal: often(0.3),
    longestWayMs: isCalm ? 0 : dice.pick([0, 0, 3, 20, 60]),
    dropLaunch: often(0.15),
    dropCancel: often(0.6),
    lateWorker: often(0.6),
    refuse: often(0.1),
    loseAttempt: often(0.05),
    foreign: often(0.3),
    crash: often(0.03),
    appendFails: often(0.02),
    appendStoredThenFails: often(0.02),
    appendFull: often(0.01),
    appendNeverAnswers: often(0.005),
    takeOverAtMs: !isCalm && dice.chance(0.25) ? [dice.between(0, healAtMs), dice.between(0, healAtMs)] : [],
    lateLeave: statesIncarnations ? often(0.8) : 0,
    lateJoin: statesIncarnations ? often(0.5) : 0,
    wallJumpMs: dice.pick([0, 0, 50, 3_600_000]),
  }
}

/** Policies that came later, drawn by dice of their own: every other draw of a seed stays what it was. */
function drawPolicy(seed: number, former: PolicyName): PolicyName {
  const dice = new SeededDice(seed ^ 0x51ed270b)
  const later = dice.chance(0.3) ? dice.pick<PolicyName>(['claiming', 'laned']) : former
  const latest = new SeededDice(seed ^ 0x2c9277b5)
  return latest.chance(0.12) ? 'pre-empting' : later
}

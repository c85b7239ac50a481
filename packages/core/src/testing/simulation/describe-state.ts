// A run's state as text: every table, in full and in the order in which it is kept. Two states with the same text are the
// same state; where they differ, the first line that does names the place.
import type { RunState } from '../../run/run-state.ts'

/** One line for each thing there is. What only placement needs, and can work out again, is left out. */
export function describeState(state: RunState): readonly string[] {
  const { tasks, attempts, workers, ledgers, breakers, resources, classes } = state
  const lines: string[] = []
  const line = (name: string, ...values: readonly unknown[]): void => {
    lines.push(`${name} ${JSON.stringify(values)}`)
  }
  line('run', state.run, state.name, state.seed, state.epoch, state.options)
  line('phase', state.phase, state.ending, state.sourceClosed, state.atMs, state.stoppedBy)
  line('counts', state.openTasks, state.failures, state.verdictCounts)
  line('pending', { ...state.pending, heads: [...state.pending.heads] })
  line(
    'running',
    [...state.running].sort((a, b) => a - b),
  )
  line('endings', [...state.endings])
  line('cancelled', [...state.cancelledBy], [...state.cancelling], [...state.keptPlaces])
  line('due', [...state.dueMs])
  line('resources', resources.names)
  for (const taskClass of classes.all) line('class', taskClass)
  for (let task = 0; task < tasks.size; task++) {
    line(
      `task ${task}`,
      tasks.definition(task),
      tasks.status(task),
      tasks.waiting(task),
      tasks.lastAttempt(task),
      tasks.n(task),
      tasks.charged(task),
      tasks.taskClass(task),
      tasks.verdictKind(task),
      tasks.facts.get(task),
    )
  }
  for (let edge = 0; edge < tasks.edgeCount; edge++) {
    line(`edge ${edge}`, tasks.edgeTask(edge), tasks.edgeTarget(edge), tasks.edgeKind(edge), tasks.nextEdge(edge))
  }
  for (let group = 0; group < tasks.groupCount; group++) {
    line(
      `group ${group}`,
      tasks.groupId(group),
      tasks.groupLimit(group),
      tasks.groupSize(group),
      tasks.groupOpen(group),
      tasks.isSealed(group),
      tasks.groupSpoilers.get(group),
    )
  }
  for (let row = 0; row < attempts.length; row++) {
    line(
      `attempt ${row}`,
      attempts.task(row),
      attempts.worker(row),
      attempts.before(row),
      attempts.launchedAtMs(row),
      attempts.startedAtMs(row),
      attempts.closedAtMs(row),
      attempts.ending(row),
    )
  }
  for (let worker = 0; worker < workers.size; worker++) {
    const free = resources.names.map((_, resource) => workers.free(worker, resource))
    const life = [workers.state(worker), workers.incarnation(worker), workers.isLeaving(worker)]
    const hold = [workers.quarantine(worker), String(workers.starts(worker))]
    line(`worker ${worker}`, workers.definition(worker), life, workers.open(worker), free, hold)
  }
  for (const [ledger, name] of ledgers.names.entries())
    line('ledger', name, ledgers.used(ledger), ledgers.hasRoom(ledger))
  for (const row of breakers.rows) line('breaker', row)
  line('breakers', [...breakers.live], [...breakers.shut], [...breakers.probes])
  line('retries', state.paidRetries, state.flakinessRetries, [...state.wishes])
  line('suspects', [...state.suspicion], [...state.openSuspects], [...state.collateral])
  return lines
}

/** The first place where two states differ, for people; nothing where they are the same. */
export function firstDifference(a: readonly string[], b: readonly string[]): string | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) return `${a[i] ?? 'nothing'}\n  but ${b[i] ?? 'nothing'}`
  }
  return undefined
}

// Whether one poisoned task or one bad device takes healthy tasks with it. The real kernel decides in virtual time; workers
// that this file plays count for themselves who started where, so the figures do not rest on what the kernel says.
import { Kernel, kernelOptions, type TaskDefinition } from '@muster/core'
import { failureFromError } from '@muster/core/failure'
import type { Bench, BenchResult } from '../bench.ts'
import { drawFrom } from '../draw.ts'

const run = 'poison'
const tasks = 1000
const workers = 8
const slots = 2
const taskMs = 50
/** The worker whose device fails everything after so many attempts. */
const badWorker = 5
const goodAttempts = 20
/** A worker that died is back after so long. */
const backAfterMs = 200
/** Longest virtual time of a run that hangs. */
const patienceMs = 3_600_000

type Signals = Parameters<Kernel['step']>[0]
type Options = ReturnType<typeof kernelOptions.parse>

export const bench: Bench = {
  name: 'poison',
  summary:
    '1,000 tasks on 8 workers in virtual time: one task kills its workers, one device fails all after its 20th attempt',
  figures: {
    lost_before_poisoned: 'workers that died under the poisoned task before it was taken out',
    causes: 'attempts to which everything is traced that was lost with a worker',
    worker_out_after: 'tasks that the bad device had failed when its worker was put out',
    others_passed_pct: 'tasks other than the poisoned one that passed, in percent',
  },
  faults: {
    'no-quarantine': 'no worker is put out',
    'no-poison-rule': 'a task may kill any number of workers',
  },
  run: async ({ plant, seed }) => judge(play(optionsOf(plant), seed)),
}

function optionsOf(plant: string | undefined): Options {
  if (plant === 'no-quarantine') return kernelOptions.parse({ quarantineAfter: null, breakers: false })
  return kernelOptions.parse(plant === 'no-poison-rule' ? { poisonAfter: 1000 } : {})
}

interface Start {
  readonly task: number
  readonly n: number
  readonly worker: number
}

interface Happening {
  readonly atMs: number
  readonly signal: Signals[number]
  /** The life of the worker in which it may happen. */
  readonly life: number
  readonly worker: number
  readonly kills: boolean
}

interface Played {
  readonly kernel: Kernel
  readonly poison: number
  readonly starts: readonly Start[]
  /** Attempts that the bad device failed, and how many it was when its worker was put out. */
  readonly failed: number
  readonly failedWhenOut: number | undefined
  readonly endedAtMs: number
}

/** Workers as they are: each counts its lives and what it started. */
class Fleet {
  readonly lives: number[] = new Array<number>(workers).fill(1)
  readonly started: number[] = new Array<number>(workers).fill(0)
  readonly starts: Start[] = []
  happenings: Happening[] = []
  failed = 0

  joined(worker: number): Signals[number] {
    const incarnation = this.lives[worker] ?? 1
    const definition = {
      id: `w${worker}`,
      engine: 'virtual',
      kinds: ['unit'],
      capacity: { slots },
      host: `host-${worker}`,
    }
    return { kind: 'worker-joined', worker: definition, incarnation }
  }

  start(at: Start, isPoison: boolean, atMs: number): void {
    const { task, n, worker } = at
    const life = this.lives[worker] ?? 1
    this.starts.push(at)
    const count = (this.started[worker] = (this.started[worker] ?? 0) + 1)
    const isBad = worker === badWorker && count > goodAttempts
    const outcome = isBad ? deviceLost() : ({ result: 'passed', durationMs: taskMs } as const)
    const ended: Signals[number] = { kind: 'attempt-ended', attempt: { run, task, n }, outcome }
    this.happenings.push({ atMs, signal: ended, life, worker, kills: isPoison })
  }

  /** What happens now, as signals. */
  take(nowMs: number): Signals {
    const due = this.happenings.filter(({ atMs }) => atMs <= nowMs)
    this.happenings = this.happenings.filter(({ atMs }) => atMs > nowMs)
    return due.flatMap((happening) => this.#happen(happening, nowMs))
  }

  #happen({ signal, life, worker, kills }: Happening, nowMs: number): Signals {
    if (this.lives[worker] !== life) return []
    if (kills) {
      this.lives[worker] = life + 1
      this.happenings.push({
        atMs: nowMs + backAfterMs,
        signal: this.joined(worker),
        life: life + 1,
        worker,
        kills: false,
      })
      return [{ kind: 'worker-left', worker: `w${worker}`, because: 'it died', incarnation: life }]
    }
    if (signal.kind === 'attempt-ended' && signal.outcome.result === 'failed') this.failed++
    return [signal]
  }
}

function play(options: Options, seed: number): Played {
  const draw = drawFrom(seed)
  const poison = 300 + draw(100)
  const definitions = Array.from({ length: tasks }, (_, i): TaskDefinition => ({ id: `task-${i}`, kind: 'unit' }))
  const kernel = new Kernel({ name: 'first come', key: ({ handle }) => handle })
  const fleet = new Fleet()
  let failedWhenOut: number | undefined
  let nowMs = 0
  let signals: Signals = [
    { kind: 'begin', run, name: run, seed, options },
    { kind: 'open', epoch: 1 },
    ...Array.from({ length: workers }, (_, worker) => fleet.joined(worker)),
    { kind: 'add-tasks', tasks: definitions },
    { kind: 'close-source' },
  ]
  for (;;) {
    for (const entry of kernel.step(signals, nowMs).entries) {
      if (entry.kind === 'quarantined' && entry.worker === badWorker) failedWhenOut ??= fleet.failed
      if (entry.kind !== 'launched') continue
      fleet.start(entry, entry.task === poison, nowMs + taskMs - 10 + draw(20))
    }
    const nextMs = Math.min(kernel.nextDueMs ?? Infinity, ...fleet.happenings.map(({ atMs }) => atMs))
    if (nextMs > patienceMs || kernel.state.ending !== undefined) break
    nowMs = Math.max(nowMs, nextMs)
    signals = fleet.take(nowMs)
  }
  return { kernel, poison, starts: fleet.starts, failed: fleet.failed, failedWhenOut, endedAtMs: nowMs }
}

function deviceLost(): {
  readonly result: 'failed'
  readonly durationMs: number
  readonly failure: ReturnType<typeof failureFromError>
} {
  const error = new Error('CUDA error: GPU is lost. Reboot the system to recover this GPU')
  return { result: 'failed', durationMs: taskMs, failure: failureFromError(error) }
}

function judge({ kernel, poison, starts, failed, failedWhenOut, endedAtMs }: Played): BenchResult {
  const { state } = kernel
  const causes = new Set<string>()
  let lost = 0
  let passed = 0
  for (let task = 0; task < tasks; task++) {
    const { id, attempts, verdict } = state.taskReport(task)
    if (task !== poison && (verdict?.kind === 'passed' || verdict?.kind === 'flaky')) passed++
    for (const { ending, n } of attempts) {
      if (ending.kind !== 'lost' || ending.cause !== 'worker') continue
      lost++
      const cause = ending.causedBy ?? { task: id, n }
      causes.add(cause.task)
    }
  }
  const killed = starts.filter(({ task }) => task === poison).length
  const counted = Object.entries(state.verdictCounts).filter(([, count]) => count > 0)
  return {
    figures: {
      lost_before_poisoned: killed,
      causes: causes.size,
      worker_out_after: failedWhenOut ?? failed,
      others_passed_pct: (100 * passed) / (tasks - 1),
    },
    notes: [
      `${lost} attempts were lost with a worker, ${killed} of them the poisoned task's own; each worker runs ${slots} at a time`,
      `the bad device failed ${failed} in all: what it ran when its worker was put out is counted here and not in the figure`,
      `verdicts: ${counted.map(([kind, count]) => `${count} ${kind}`).join(', ')}; ended after ${(endedAtMs / 1000).toFixed(1)} s of virtual time`,
    ],
  }
}

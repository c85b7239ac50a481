// Workers, and the network between them and the coordinator. Everything that may go wrong there does: messages are dropped,
// doubled, delayed and overtake one another; workers crash, part, drain, come back with something else to offer, refuse.
// What it promises is what the engine port promises: a signal about an attempt is told until it is acknowledged, a launch
// starts an attempt at most once, and launches of a former owner start nothing.
import { invariant } from '../../errors/invariant.ts'
import { attemptLabel, type AttemptRef } from '../../model/attempt.ts'
import { makeFailure } from '../../failure/make-failure.ts'
import type { Failure, FailureCategory } from '../../model/failure.ts'
import type { CaseName, Outcome } from '../../model/outcome.ts'
import type { WorkerDefinition } from '../../model/worker.ts'
import type { AttachAnswer, Engine, EngineContext, LaunchCommand, OpenAttempt } from '../../ports/engine.ts'
import type { AttemptSignal, WorkerSignal } from '../../run/signal.ts'
import { foreignSignal } from './foreign-signal.ts'
import type { BehaviourFailure, SimulationPlan, WorkerEvent } from './plan.ts'
import type { SeededDice } from './seeded-dice.ts'
import type { VirtualClock } from './virtual-clock.ts'
import type { Witness } from './witness.ts'

/** Milliseconds until a worker that died is known to be gone. */
const detectionMs = 30

/** Milliseconds after which an unacknowledged signal or a lost launch is sent again. */
const againMs = 60

/** Milliseconds for which a worker that was taken for gone goes on with what it was at. */
const leftoverMs = 100

/** Longest time in milliseconds that a late signal about a worker takes. */
const latestMs = 700

interface SimulatedWorker {
  definition: WorkerDefinition
  /** `parted`: it lives, but nobody hears it. */
  state: 'present' | 'draining' | 'parted' | 'gone'
  /** What it will say once it is heard again. */
  readonly heldBack: (() => void)[]
  /** Which of its lives it is, as others count them. */
  incarnation: number
  /** Counts its lives and changes, so that what was planned for an earlier one does not happen to a later one. */
  life: number
}

function newborn(): Omit<SimulatedWorker, 'definition'> {
  return { state: 'present', heldBack: [], incarnation: 1, life: 0 }
}

interface Execution {
  readonly command: LaunchCommand
  readonly worker: SimulatedWorker
  /** `waiting`: it was launched ahead and begins when there is room for it. */
  state: 'waiting' | 'running' | 'ended' | 'gone'
  isAskedToEnd: boolean
  /** It ended where nobody hears of it yet. */
  isUnheard: boolean
}

interface Letter {
  readonly signal: AttemptSignal
}

/** The connection of one coordinator, in the shape of the engine port. */
export interface ClusterClient extends Engine {
  recall(attempt: AttemptRef): void
  /** As `attach`, at once. */
  attachNow(context: EngineContext, open: readonly OpenAttempt[]): readonly AttachAnswer[]
  /** The coordinator is dead: it hears nothing more. */
  cut(): void
}

interface Connection {
  readonly context: EngineContext
  isCut: boolean
}

/** Every worker of a simulated run. */
export class SimulatedCluster {
  readonly #clock: VirtualClock
  readonly #dice: SeededDice
  readonly #plan: SimulationPlan
  readonly #witness: Witness
  readonly #workers: SimulatedWorker[]
  readonly #executions = new Map<string, Execution>()
  /** Launches that were given up: they start nothing even if they arrive. */
  readonly #void = new Set<string>()
  readonly #letters = new Set<Letter>()
  #connection: Connection | undefined
  #isHealed = false
  /** Attempts that each worker has started. */
  readonly #started = new Map<string, number>()

  constructor(parts: {
    readonly clock: VirtualClock
    readonly dice: SeededDice
    readonly plan: SimulationPlan
    readonly witness: Witness
  }) {
    this.#clock = parts.clock
    this.#dice = parts.dice
    this.#plan = parts.plan
    this.#witness = parts.witness
    this.#workers = parts.plan.workers.map((definition) => ({ definition, ...newborn() }))
    for (const event of parts.plan.workerEvents) {
      parts.clock.after(event.atMs, () => {
        this.#happen(event)
      })
    }
  }

  /** A new connection; it counts from the moment it attaches. */
  connect(): ClusterClient {
    let own: Connection | undefined
    const attachNow = (context: EngineContext, open: readonly OpenAttempt[]): readonly AttachAnswer[] => {
      own = { context, isCut: false }
      return this.#attach(own, open)
    }
    return {
      name: 'simulated',
      attachNow,
      attach: async (context, open) => attachNow(context, open),
      launch: (commands) => {
        for (const command of commands) if (own !== undefined) this.#launch(own, command)
      },
      cancel: (attempt) => {
        if (own !== undefined) this.#cancel(own, attempt)
      },
      recall: (attempt) => {
        if (own !== undefined) this.#recall(own, attempt)
      },
      cut: () => {
        if (own !== undefined) own.isCut = true
      },
      detach: async () => {
        if (own !== undefined && !own.isCut && !this.#isStale(own)) this.#endAll()
      },
      close: async () => undefined,
    }
  }

  /** Nothing goes wrong any more; every worker is back as planned, with the spare one. */
  heal(): void {
    this.#isHealed = true
    for (const [i, worker] of this.#workers.entries()) {
      const definition = this.#plan.workers[i]
      if (definition !== undefined) this.#comeBack(worker, definition)
    }
    const spare: SimulatedWorker = { definition: this.#plan.spare, ...newborn() }
    this.#workers.push(spare)
    this.#join(spare)
  }

  /** An owner that stops takes along what runs for it. */
  #endAll(): void {
    for (const execution of this.#executions.values()) {
      if (execution.state === 'running' || execution.state === 'waiting') execution.state = 'gone'
    }
  }

  #attach(connection: Connection, open: readonly OpenAttempt[]): readonly AttachAnswer[] {
    this.#connection = connection
    for (const worker of this.#workers) if (worker.state === 'present') this.#announce(connection, worker)
    const answers = open.map((attempt) => this.#answer(attempt))
    for (const letter of this.#letters) this.#send(letter)
    return answers
  }

  /** Most workers are there at once; some register with the new owner only later, or die before. */
  #announce(connection: Connection, worker: SimulatedWorker): void {
    const { definition, life } = worker
    if (!this.#isUnlucky(this.#plan.faults.lateWorker)) {
      const signal: WorkerSignal = { kind: 'worker-joined', worker: definition, ...this.#lifeOf(worker) }
      this.#witness.told(signal)
      this.#deliver(connection, signal)
      this.#tellLate(worker, signal)
      return
    }
    const dies = this.#dice.chance(0.5)
    this.#clock.after(this.#dice.between(5, 60), () => {
      if (worker.life !== life || this.#connection !== connection) return
      if (dies) this.#crash(worker, this.#dice.between(10, 200), definition)
      else this.#join(worker)
    })
  }

  #answer({ attempt }: OpenAttempt): AttachAnswer {
    const key = attemptLabel(attempt)
    const execution = this.#executions.get(key)
    if (this.#void.has(key)) return { attempt, kind: 'running' }
    if (execution === undefined) return { attempt, kind: 'never-delivered' }
    const isReachable = execution.worker.state === 'present' || execution.worker.state === 'draining'
    if (execution.state !== 'gone' && isReachable) return { attempt, kind: 'running' }
    // Its end may be on its way already; then it still counts.
    if (
      [...this.#letters].some(({ signal }) => attemptLabel(signal.attempt) === key && signal.kind !== 'attempt-started')
    ) {
      return { attempt, kind: 'running' }
    }
    this.#witness.answeredLost(attempt)
    return { attempt, kind: 'lost' }
  }

  #launch(connection: Connection, command: LaunchCommand): void {
    const { epoch } = connection.context
    this.#witness.launched(epoch, command)
    if (this.#isStale(connection)) return
    const key = attemptLabel(command.attempt)
    const arrive = (): void => {
      if (!this.#isStale(connection)) this.#start(command)
    }
    if (!this.#isHealed && this.#dice.chance(this.#plan.faults.dropLaunch)) {
      this.#witness.note(() => `launch of ${key} is dropped`)
      const isGivenUp = this.#dice.chance(0.3)
      this.#clock.after(againMs, () => {
        if (!isGivenUp) arrive()
        else if (!this.#isStale(connection) && !this.#executions.has(key)) {
          this.#void.add(key)
          this.#post({ kind: 'attempt-lost', attempt: command.attempt, cause: 'coordinator' })
        }
      })
      return
    }
    this.#clock.after(this.#way(), arrive)
  }

  #start(command: LaunchCommand): void {
    const { attempt } = command
    const key = attemptLabel(attempt)
    if (this.#void.has(key) || this.#executions.has(key)) return
    const worker = this.#workers.find(({ definition }) => definition.id === command.worker)
    const isThere = worker?.state === 'present' || worker?.state === 'draining'
    const isMeant = command.incarnation === undefined || command.incarnation === worker?.incarnation
    const isAble = isThere && isMeant && (this.#hasRoom(worker, command) || this.#takesAhead(worker, command))
    if (!isAble || this.#isUnlucky(this.#plan.faults.refuse)) {
      this.#void.add(key)
      this.#post({ kind: 'attempt-refused', attempt, because: isThere ? 'no room' : 'no such worker' })
      return
    }
    const execution: Execution = { command, worker, state: 'waiting', isAskedToEnd: false, isUnheard: false }
    this.#executions.set(key, execution)
    this.#witness.note(() => `${command.task.id}#${attempt.n} arrives on ${command.worker}`)
    this.#beginWaiting(worker)
  }

  /** What waits on the worker begins, in the order in which it came, as far as there is room. */
  #beginWaiting(worker: SimulatedWorker): void {
    for (const execution of this.#waitingOn(worker)) {
      const { attempt, task } = execution.command
      if (!this.#hasRoom(worker, execution.command)) return
      execution.state = 'running'
      this.#witness.note(() => `${task.id}#${attempt.n} starts on ${worker.definition.id}`)
      this.#post({ kind: 'attempt-started', attempt }, worker)
      this.#foresee(execution)
    }
  }

  #waitingOn(worker: SimulatedWorker): readonly Execution[] {
    return [...this.#executions.values()].filter((each) => each.worker === worker && each.state === 'waiting')
  }

  #takesAhead(worker: SimulatedWorker, command: LaunchCommand): boolean {
    const waiting = [...this.#waitingOn(worker).map((each) => each.command), command]
    if (!fits([], command, worker.definition)) return false
    return waiting.reduce((sum, each) => sum + slotsOf(each), 0) <= (worker.definition.prefetch ?? 0) + 1e-6
  }

  /** Plans how an attempt will go. */
  #foresee(execution: Execution): void {
    const { command, worker } = execution
    const { attempt, task, timeoutMs } = command
    const behaviour = this.#plan.behaviours[task.id]
    invariant(behaviour, 'every task of a plan has a behaviour')
    const { durationMs, results, hasFlakyCases, kills, failures } = behaviour
    const halfwayMs = Math.floor(durationMs / 2)
    if (attempt.n <= kills && !this.#isHealed) {
      this.#clock.after(halfwayMs, () => {
        if (execution.state === 'running') this.#crash(worker, this.#dice.between(10, 80), worker.definition)
      })
    } else if (this.#isUnlucky(this.#plan.faults.loseAttempt)) {
      const cause = this.#dice.pick(['worker', 'pre-empted', 'coordinator'] as const)
      this.#clock.after(halfwayMs, () => {
        if (execution.state !== 'running') return
        execution.state = 'gone'
        this.#post({ kind: 'attempt-lost', attempt, cause }, worker)
        this.#beginWaiting(worker)
      })
    }
    const result = results[Math.min(attempt.n, results.length) - 1] ?? 'passed'
    const isTooLong = timeoutMs !== undefined && durationMs > timeoutMs
    const outcome: Outcome =
      this.#misfortune(execution) ??
      (isTooLong
        ? { result: 'timed-out', durationMs: timeoutMs }
        : {
            result,
            durationMs,
            ...(result === 'skipped' ? { reason: 'its author says so' } : {}),
            ...(result === 'failed' && failures !== undefined ? { failure: failureOf(failures, attempt.n) } : {}),
            ...(result === 'failed' ? failedPart(command) : {}),
            ...(result === 'passed' && hasFlakyCases ? { cases: { passed: 3, failed: 0, skipped: 0, flaky: 1 } } : {}),
          })
    this.#clock.after(outcome.durationMs, () => {
      this.#end(execution, outcome)
    })
  }

  /** How an attempt fails by no fault of its own: its device is bad, or what it uses is down. */
  #misfortune({ command, worker }: Execution): Outcome | undefined {
    const { id } = worker.definition
    const started = (this.#started.get(id) ?? 0) + 1
    this.#started.set(id, started)
    if (this.#isHealed) return undefined
    const { badDevices = [], outages = [] } = this.#plan
    const device = badDevices.find(({ worker: bad, afterAttempts }) => bad === id && started > afterAttempts)
    if (device !== undefined) return failed('hardware-device', device.takesMs)
    const nowMs = this.#clock.now()
    const isDown = outages.some(({ name, fromMs, toMs }) => {
      return command.task.needs?.uses?.includes(name) === true && nowMs >= fromMs && nowMs < toMs
    })
    return isDown ? failed('network', 5) : undefined
  }

  #end(execution: Execution, outcome: Outcome): void {
    if (execution.state !== 'running') return
    execution.state = 'ended'
    execution.isUnheard = execution.worker.state === 'parted'
    const { attempt } = execution.command
    this.#witness.note(() => `${execution.command.task.id}#${attempt.n} ends: ${outcome.result}`)
    this.#post({ kind: 'attempt-ended', attempt, outcome }, execution.worker)
    this.#beginWaiting(execution.worker)
  }

  #recall(connection: Connection, attempt: AttemptRef): void {
    if (this.#isStale(connection) || this.#isUnlucky(this.#plan.faults.dropCancel)) return
    this.#clock.after(this.#way(), () => {
      const execution = this.#executions.get(attemptLabel(attempt))
      if (execution?.state !== 'waiting' || execution.worker.state === 'parted') return
      execution.state = 'gone'
      this.#witness.note(() => `${execution.command.task.id}#${attempt.n} is recalled`)
      this.#post({ kind: 'attempt-refused', attempt, because: 'it was recalled' }, execution.worker)
    })
  }

  #cancel(connection: Connection, attempt: AttemptRef): void {
    this.#witness.cancelled(connection.context.epoch, attempt)
    if (this.#isStale(connection) || this.#isUnlucky(this.#plan.faults.dropCancel)) return
    this.#clock.after(this.#way(), () => {
      const key = attemptLabel(attempt)
      const execution = this.#executions.get(key)
      if (execution === undefined) {
        if (this.#void.has(key)) return
        // It was asked to end before it arrived: it never starts.
        this.#void.add(key)
        this.#post({ kind: 'attempt-ended', attempt, outcome: { result: 'cancelled', durationMs: 0 } })
        return
      }
      if (execution.state === 'waiting' && execution.worker.state !== 'parted') {
        execution.state = 'running'
        this.#end(execution, { result: 'cancelled', durationMs: 0 })
        return
      }
      const obeys = this.#plan.behaviours[execution.command.task.id]?.obeysCancel === true
      if (execution.isAskedToEnd || execution.worker.state === 'parted' || !obeys) return
      execution.isAskedToEnd = true
      this.#clock.after(this.#dice.between(0, 10), () => {
        this.#end(execution, { result: 'cancelled', durationMs: 1 })
      })
    })
  }

  #hasRoom(worker: SimulatedWorker, command: LaunchCommand): boolean {
    const running = [...this.#executions.values()].filter(
      (other) => other.worker === worker && other.state === 'running',
    )
    return fits(
      running.map((other) => other.command),
      command,
      worker.definition,
    )
  }

  #happen({ kind, worker: index, backAfterMs, definition }: WorkerEvent): void {
    const worker = this.#workers[index]
    if (worker === undefined || this.#isHealed || worker.state !== 'present') return
    const { id } = worker.definition
    this.#witness.note(() => `worker ${id}: ${kind}`)
    switch (kind) {
      case 'crash':
        this.#crash(worker, backAfterMs, definition)
        return
      case 'part': {
        worker.state = 'parted'
        const life = ++worker.life
        this.#clock.after(detectionMs, () => {
          if (worker.life === life) this.#leave(worker, 'worker-left')
        })
        this.#clock.after(detectionMs + backAfterMs, () => {
          if (worker.life === life) this.#comeBack(worker, definition)
        })
        return
      }
      case 'drain': {
        worker.state = 'draining'
        const life = ++worker.life
        this.#leave(worker, 'worker-draining')
        this.#clock.after(backAfterMs, () => {
          if (worker.life === life) this.#crash(worker, backAfterMs, definition)
        })
        return
      }
      case 'change':
        worker.definition = definition
        this.#join(worker)
        return
    }
  }

  #crash(worker: SimulatedWorker, backAfterMs: number, definition: WorkerDefinition): void {
    if (worker.state === 'gone') return
    const { id } = worker.definition
    this.#witness.note(() => `worker ${id} is gone`)
    worker.state = 'gone'
    worker.heldBack.length = 0
    const life = ++worker.life
    for (const execution of this.#executions.values()) {
      const isThere = execution.state === 'running' || execution.state === 'waiting'
      if (execution.worker === worker && (isThere || execution.isUnheard)) execution.state = 'gone'
    }
    this.#clock.after(detectionMs, () => {
      if (worker.life === life) this.#leave(worker, 'worker-left')
    })
    this.#clock.after(detectionMs + backAfterMs, () => {
      if (worker.life === life) this.#comeBack(worker, definition)
    })
  }

  #comeBack(worker: SimulatedWorker, definition: WorkerDefinition): void {
    if (worker.state !== 'present') {
      // Where lives are not stated, whoever comes back was told gone before: nothing else would end what was open there.
      if (!this.#plan.statesIncarnations) this.#leave(worker, 'worker-left')
      this.#endLeftovers(worker)
      worker.incarnation++
    }
    worker.life++
    worker.state = 'present'
    worker.definition = definition
    this.#join(worker)
    for (const execution of this.#executions.values()) if (execution.worker === worker) execution.isUnheard = false
    for (const say of worker.heldBack.splice(0)) say()
  }

  /** What still runs on a worker that was taken for gone is ended before long, or it would hold its place for ever. */
  #endLeftovers(worker: SimulatedWorker): void {
    const leftovers = [...this.#executions.values()].filter(
      (each) => each.worker === worker && (each.state === 'running' || each.state === 'waiting'),
    )
    this.#clock.after(leftoverMs, () => {
      for (const execution of leftovers) {
        if (execution.state !== 'running' && execution.state !== 'waiting') continue
        execution.state = 'gone'
        this.#post({ kind: 'attempt-lost', attempt: execution.command.attempt, cause: 'worker' }, worker)
      }
      this.#beginWaiting(worker)
    })
  }

  #join(worker: SimulatedWorker): void {
    const signal: WorkerSignal = { kind: 'worker-joined', worker: worker.definition, ...this.#lifeOf(worker) }
    this.#tell(signal, 1)
    this.#tellLate(worker, signal)
    this.#lookAgain(worker)
  }

  /** It may have come back with something else to offer: what waits there begins, or never can. */
  #lookAgain(worker: SimulatedWorker): void {
    for (const execution of this.#waitingOn(worker)) {
      if (fits([], execution.command, worker.definition)) continue
      execution.state = 'gone'
      this.#post({ kind: 'attempt-refused', attempt: execution.command.attempt, because: 'no room any more' }, worker)
    }
    this.#beginWaiting(worker)
  }

  /** A word of a worker that it is there may come once more when that life of it is over. */
  #tellLate(worker: SimulatedWorker, signal: WorkerSignal): void {
    const connection = this.#connection
    const { incarnation } = worker
    if (connection === undefined || !this.#isUnlucky(this.#plan.faults.lateJoin)) return
    this.#clock.after(this.#dice.between(2, latestMs), () => {
      const isOver = worker.incarnation !== incarnation || worker.state === 'gone'
      if (isOver && this.#connection === connection) this.#deliver(connection, signal)
    })
  }

  #leave(worker: SimulatedWorker, kind: 'worker-left' | 'worker-draining'): void {
    const { id } = worker.definition
    const life = this.#lifeOf(worker)
    const delayMs = this.#isUnlucky(this.#plan.faults.lateLeave) ? this.#dice.between(2, latestMs) : 1
    if (kind === 'worker-draining') this.#tell({ kind, worker: id, ...life }, delayMs)
    else this.#tell({ kind, worker: id, because: 'it is gone', ...life }, delayMs)
  }

  #lifeOf({ incarnation }: SimulatedWorker): { readonly incarnation?: number } {
    return this.#plan.statesIncarnations ? { incarnation } : {}
  }

  /**
   * Signals about workers may come twice. They come in order, since an engine knows its workers one by one; only where it
   * says which life they are about may they come late.
   */
  #tell(signal: WorkerSignal, delayMs: number): void {
    this.#witness.told(signal)
    const connection = this.#connection
    if (connection === undefined) return
    const copies = this.#isUnlucky(this.#plan.faults.doubleSignal) ? 2 : 1
    this.#clock.after(delayMs, () => {
      // Another owner has asked for everything anew.
      if (this.#connection !== connection) return
      for (let i = 0; i < copies; i++) this.#deliver(connection, signal)
    })
  }

  #post(signal: AttemptSignal, from?: SimulatedWorker): void {
    const letter = { signal }
    const say = (): void => {
      this.#witness.told(signal)
      this.#letters.add(letter)
      this.#send(letter)
    }
    if (from?.state === 'parted') from.heldBack.push(say)
    else say()
  }

  #send(letter: Letter): void {
    const connection = this.#connection
    if (connection === undefined || !this.#letters.has(letter)) return
    const { dropSignal, doubleSignal, foreign } = this.#plan.faults
    const copies = this.#isUnlucky(dropSignal) ? 0 : this.#isUnlucky(doubleSignal) ? 2 : 1
    for (let i = 0; i < copies; i++) {
      this.#clock.after(this.#way(), () => {
        this.#deliver(connection, letter.signal, letter)
        if (this.#isUnlucky(foreign)) this.#deliver(connection, foreignSignal(this.#dice, letter.signal.attempt))
      })
    }
    this.#clock.after(againMs + 2 * this.#plan.faults.longestWayMs, () => {
      if (this.#connection === connection && !connection.isCut) this.#send(letter)
    })
  }

  #deliver(connection: Connection, signal: AttemptSignal | WorkerSignal, letter?: Letter): void {
    if (connection.isCut) return
    connection.context.deliver(signal, () => {
      if (letter === undefined || this.#isStale(connection) || !this.#letters.has(letter)) return
      this.#witness.acknowledged(connection.context.epoch, letter.signal)
      this.#letters.delete(letter)
    })
  }

  #isStale(connection: Connection): boolean {
    return this.#connection !== connection
  }

  #isUnlucky(likelihood: number): boolean {
    return !this.#isHealed && this.#dice.chance(likelihood)
  }

  #way(): number {
    const { longestWayMs } = this.#plan.faults
    return longestWayMs === 0 ? 0 : this.#dice.between(0, longestWayMs)
  }
}

/** Whether one more goes beside what runs. */
function fits(running: readonly LaunchCommand[], command: LaunchCommand, { capacity }: WorkerDefinition): boolean {
  return Object.entries(needsOf(command)).every(([name, amount]) => {
    const used = running.reduce((sum, other) => sum + (needsOf(other)[name] ?? 0), 0)
    return used + amount <= (capacity[name] ?? 0) + 1e-6
  })
}

function needsOf({ task }: LaunchCommand): Readonly<Record<string, number>> {
  return { slots: 1, ...task.needs?.resources }
}

function slotsOf({ task }: LaunchCommand): number {
  return task.needs?.resources?.['slots'] ?? 1
}

function failureOf(failures: readonly BehaviourFailure[], n: number): Failure | undefined {
  const given = failures[Math.min(n, failures.length) - 1]
  if (given === undefined) return undefined
  const { category, transient, code, retryAfterMs } = given
  return makeFailure({ category, transient, code, retryAfterMs, message: `it was ${category}`, evidence: [] })
}

function failed(category: FailureCategory, durationMs: number): Outcome {
  const failure = makeFailure({ category, message: `it was ${category}`, evidence: [] })
  return { result: 'failed', durationMs, failure }
}

const cases: readonly CaseName[] = ['a', 'b', 'c', 'd', 'e'].map((title) => ({ path: [title] }))

/** Every other task can run some of its five cases alone; how many of what was asked for fail differs from attempt to attempt. */
function failedPart({ attempt, cases: asked = cases }: LaunchCommand): Pick<Outcome, 'cases' | 'failedCases'> {
  if (attempt.task % 2 === 1) return {}
  const failedCases = asked.slice(0, Math.max(1, asked.length - (attempt.n % 3)))
  const passed = asked.length - failedCases.length
  return { cases: { passed, failed: failedCases.length, skipped: 0, flaky: 0 }, failedCases }
}

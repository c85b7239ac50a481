// The same world around the real orchestrator with its real driver and the real memory store. What a process does when it
// dies is simulated at its ports: from that moment on nothing that it does has an effect, and nothing answers it.
import { MusterError } from '../../../errors/muster-error.ts'
import type { RunReport } from '../../../model/report.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Engine, EngineContext } from '../../../ports/engine.ts'
import type { Commit, JournalWriter, Store } from '../../../ports/store.ts'
import { decodeCommit } from '../../../run/commit-codec.ts'
import { Kernel } from '../../../run/kernel.ts'
import type { ControlSignal } from '../../../run/signal.ts'
import { memoryStore } from '../../../shell/memory-store.ts'
import { createOrchestrator, type Orchestrator } from '../../../shell/orchestrator.ts'
import type { Run } from '../../../shell/run-handle.ts'
import { compareReports, compareStates } from '../compare-states.ts'
import { LawBroken, uphold } from '../laws.ts'
import type { SimulationPlan } from '../plan.ts'
import { policyOf } from '../policies.ts'
import { SeededDice } from '../seeded-dice.ts'
import type { BrokenLaw, SimulationOptions, SimulationResult } from '../simulate.ts'
import { SimulatedCluster } from '../simulated-cluster.ts'
import { VirtualClock } from '../virtual-clock.ts'
import { Watcher } from '../watcher.ts'

const id = 'simulated'
const patienceMs = 120_000
const mostWaits = 50_000

/** Runs a plan, its tasks all at once, through the real orchestrator and says whether a law was broken. */
export function simulateOrchestrator(plan: SimulationPlan, options: SimulationOptions = {}): Promise<SimulationResult> {
  return new OrchestratorWorld(plan, options).run()
}

/** One process that owns the run, until it dies. */
interface Owner {
  isDead: boolean
  /** Its run is over for it; the process lives on and still hears what it is told. */
  hasStopped: boolean
  run: Run | undefined
  orchestrator: Orchestrator | undefined
}

class OrchestratorWorld {
  readonly #plan: SimulationPlan
  readonly #clock = new VirtualClock()
  readonly #dice: SeededDice
  readonly #trace: string[] = []
  readonly #watcher: Watcher
  readonly #cluster: SimulatedCluster
  readonly #store: Store
  /** Reads every row as it becomes durable, as the next owner will. */
  readonly #shadow: Kernel
  readonly #asked: ControlSignal[] = []
  #owner: Owner | undefined
  #owners = 0
  #isHealed = false
  #report: RunReport | undefined
  #failure: Error | undefined

  constructor(plan: SimulationPlan, options: SimulationOptions) {
    this.#plan = plan
    this.#dice = new SeededDice(plan.seed ^ 0x1f123bb5)
    const clock = this.#clock
    const policy = policyOf(plan.policy)
    const trace = options.isTraced === true ? this.#trace : undefined
    this.#watcher = new Watcher({ policy, now: () => clock.now(), trace })
    this.#cluster = new SimulatedCluster({ clock, dice: this.#dice, plan, witness: this.#watcher })
    this.#store = memoryStore({ clock })
    this.#shadow = new Kernel(policy)
  }

  async run(): Promise<SimulationResult> {
    let broken: BrokenLaw | undefined
    try {
      this.#begin()
      let waits = 0
      while (
        this.#report === undefined &&
        this.#clock.now() < this.#plan.healAtMs + patienceMs &&
        waits++ < mostWaits
      ) {
        if (!this.#clock.goOn()) break
        await quiet()
        if (this.#failure !== undefined) throw this.#failure
      }
      const { model } = this.#watcher.oracle
      uphold(1, this.#report !== undefined, () => {
        const open = model.tasks.filter(({ status }) => status !== 'judged')
        return `the run did not end: ${open.length} of ${model.tasks.length} tasks are open, such as ${JSON.stringify(open[0])}`
      })
      await this.#checkEnd()
    } catch (error) {
      const law = error instanceof LawBroken ? error.law : undefined
      const text =
        error instanceof Error ? (law === undefined ? (error.stack ?? error.message) : error.message) : String(error)
      broken = { law, text, atMs: this.#clock.now() }
    }
    const { hash, rows, launches, oracle } = this.#watcher
    const tasks = oracle.model.tasks.length
    return { seed: this.#plan.seed, broken, hash, rows, launches, owners: this.#owners, tasks, trace: this.#trace }
  }

  #begin(): void {
    const { script, faults, healAtMs } = this.#plan
    for (const { atMs, signal } of script) {
      if (signal.kind !== 'add-tasks') {
        this.#clock.after(atMs, () => {
          this.#ask(signal)
        })
      }
    }
    for (const atMs of faults.takeOverAtMs) {
      this.#clock.after(atMs, () => {
        if (this.#isArmed) this.#open()
      })
    }
    this.#clock.after(healAtMs, () => {
      this.#watcher.note(() => '--- the world heals')
      this.#isHealed = true
      this.#cluster.heal()
    })
    this.#clock.after(0, () => {
      this.#open()
    })
  }

  /** A run that died before its tasks were kept is begun anew, which is no matter of a resume. */
  get #isArmed(): boolean {
    return this.#watcher.oracle.model.tasks.length > 0 && !this.#isHealed
  }

  #open(): void {
    if (this.#report !== undefined) return
    this.#owners++
    const isFirst = this.#owners === 1
    const owner: Owner = { isDead: false, hasStopped: false, run: undefined, orchestrator: undefined }
    this.#owner = owner
    const { options, policy, script, seed } = this.#plan
    const orchestrator = createOrchestrator({
      ...options,
      engines: [this.#engineOf(owner)],
      store: this.#storeOf(owner),
      clock: this.#clockOf(owner),
      policy: policyOf(policy),
      root: '/',
      name: id,
    })
    const added = script.flatMap(({ signal }) => (signal.kind === 'add-tasks' ? [signal] : []))
    const run = isFirst
      ? orchestrator.run({
          run: id,
          seed,
          keepOpen: true,
          tasks: added.flatMap(({ tasks }) => tasks),
          groups: added.flatMap(({ groups }) => groups ?? []),
        })
      : orchestrator.resume(id, { takeOver: true })
    owner.run = run
    owner.orchestrator = orchestrator
    // What was asked for once still holds; whether a former owner lived to keep it is not known.
    for (const signal of this.#asked) tell(run, signal)
    run.report.then(
      (report) => {
        if (owner.isDead) return
        this.#watcher.note(() => `--- the owner stops: ${report.ending}`)
        owner.hasStopped = true
        if (report.ending === 'finished') this.#report = report
        else this.#openLater(owner)
      },
      (error: unknown) => {
        if (owner.isDead) return
        this.#watcher.note(() => `--- the owner stops: ${String(error)}`)
        owner.hasStopped = true
        if (error instanceof MusterError && error.code.startsWith('STORE_F')) this.#openLater(owner)
        else if (!(error instanceof MusterError && error.code === 'RUN_TAKEN_OVER')) this.#failure ??= asError(error)
      },
    )
  }

  #ask(signal: ControlSignal): void {
    this.#watcher.note(() => `asked: ${signal.kind}`)
    const isLasting = signal.kind !== 'pause' && signal.kind !== 'drain' && signal.kind !== 'interrupt'
    if (isLasting) this.#asked.push(signal)
    if (this.#owner?.run !== undefined && isAlive(this.#owner)) tell(this.#owner.run, signal)
  }

  #openLater(owner: Owner): void {
    if (owner !== this.#owner) return
    this.#clock.after(this.#dice.between(1, 150), () => {
      if (this.#owner === undefined || !isAlive(this.#owner)) this.#open()
    })
  }

  /** Says whether the owner dies here. */
  #diesAt(owner: Owner, point: string, cut: () => void = () => undefined): boolean {
    if (!isAlive(owner) || !this.#isArmed || !this.#dice.chance(this.#plan.faults.crash)) return false
    this.#watcher.note(() => `--- the owner dies ${point}`)
    owner.isDead = true
    cut()
    this.#openLater(owner)
    return true
  }

  #clockOf(owner: Owner): Clock {
    const clock = this.#clock
    return {
      now: () => clock.now(),
      wallNow: () => clock.wallNow(),
      after: (delayMs, then) =>
        clock.after(delayMs, () => {
          if (!owner.isDead) then()
        }),
    }
  }

  #engineOf(owner: Owner): Engine {
    const client = this.#cluster.connect()
    const cut = (): void => {
      client.cut()
    }
    return {
      name: client.name,
      attach: (context, open) => {
        if (owner.isDead) return never()
        const answers = client.attachNow(this.#contextOf(owner, context, cut), open)
        return this.#diesAt(owner, 'during attach', cut) ? never() : Promise.resolve(answers)
      },
      launch: (commands) => {
        for (const command of commands) {
          if (owner.isDead) return
          this.#protect(() => {
            client.launch([command])
          })
          this.#diesAt(owner, 'between effects', cut)
        }
      },
      cancel: (attempt, because) => {
        if (owner.isDead) return
        this.#protect(() => {
          client.cancel(attempt, because)
        })
        this.#diesAt(owner, 'between effects', cut)
      },
      detach: (run) => (owner.isDead ? never() : client.detach(run)),
      close: () => client.close(),
    }
  }

  #contextOf(owner: Owner, context: EngineContext, cut: () => void): EngineContext {
    return {
      ...context,
      deliver: (signal, acknowledge) => {
        if (owner.isDead) return
        context.deliver(signal, () => {
          if (owner.isDead) return
          this.#protect(() => acknowledge?.())
          this.#diesAt(owner, 'between acknowledgements', cut)
        })
      },
    }
  }

  /** What the witness throws inside a call of the driver is not the driver's to handle. */
  #protect(then: () => void): void {
    try {
      then()
    } catch (error) {
      this.#failure ??= asError(error)
    }
  }

  #storeOf(owner: Owner): Store {
    const store = this.#store
    return {
      name: store.name,
      createRun: (run) => store.createRun(run),
      listRuns: (limit) => store.listRuns(limit),
      findRun: (run) => store.findRun(run),
      openJournal: async (request) => {
        const writer = await store.openJournal(request)
        this.#protect(() => {
          this.#watcher.opened(writer.epoch)
        })
        this.#watcher.meet(writer.epoch, this.#shadow)
        return this.#writerOf(owner, writer)
      },
      readJournal: (run, afterSeq) => store.readJournal(run, afterSeq),
      readDetails: (run, name) => store.readDetails(run, name),
      deleteRuns: (runs) => store.deleteRuns(runs),
      readHistory: (keys) => store.readHistory(keys),
      foldHistory: (...fold) => store.foldHistory(...fold),
      close: () => store.close(),
    }
  }

  #writerOf(owner: Owner, writer: JournalWriter): JournalWriter {
    return {
      run: writer.run,
      epoch: writer.epoch,
      get lastSeq() {
        return writer.lastSeq
      },
      append: (commit) => this.#append(owner, writer, commit),
      heartbeat: () => (owner.isDead ? never() : writer.heartbeat()),
      close: () => (owner.isDead ? never() : writer.close()),
    }
  }

  async #append(owner: Owner, writer: JournalWriter, commit: Commit): Promise<void> {
    if (owner.isDead || this.#diesAt(owner, 'before append')) return never()
    const { appendFails, appendFull, appendStoredThenFails, longestWayMs } = this.#plan.faults
    if (longestWayMs > 0) await this.#pass(this.#dice.between(0, 3))
    const roll = this.#isArmed ? this.#dice.next() : 1
    if (roll < appendFails + appendFull) throw failed(roll < appendFails ? 'STORE_FAILED' : 'STORE_FULL')
    await writer.append(commit)
    // It may have died while the row was written.
    const isDead = (): boolean => owner.isDead
    this.#protect(() => {
      this.#stored(writer.epoch, commit)
    })
    if (isDead() || this.#diesAt(owner, 'after append')) return never()
    if (roll < appendFails + appendFull + appendStoredThenFails) throw failed('STORE_FAILED')
  }

  #stored(epoch: number, { seq, bytes }: Commit): void {
    const commit = decodeCommit(bytes, id, seq)
    this.#shadow.evolve(commit.entries, commit.atMs)
    this.#watcher.stored(epoch, seq, bytes, commit)
    compareStates(this.#shadow.state, this.#watcher.oracle.model)
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(ms, resolve)
    })
  }

  async #checkEnd(): Promise<void> {
    const { model } = this.#watcher.oracle
    const { state } = this.#shadow
    compareReports(state, model)
    const expected = model.tasks.map(({ handle }) => state.taskReport(handle))
    uphold(
      6,
      JSON.stringify(this.#report?.tasks) === JSON.stringify(expected),
      () => 'the report is not what the journal says',
    )
    const last = createOrchestrator({
      engines: [],
      store: this.#store,
      clock: this.#clock,
      policy: policyOf(this.#plan.policy),
    })
    const kept = await last.report(id)
    uphold(
      6,
      JSON.stringify(kept.tasks) === JSON.stringify(expected),
      () => 'the kept report is not what the journal says',
    )
    const { parting } = await last.replay(id)
    uphold(7, parting === undefined, () => `decided anew, the journal parts: ${JSON.stringify(parting)}`)
  }
}

function isAlive(owner: Owner): boolean {
  return !owner.isDead && !owner.hasStopped
}

function tell(run: Run, signal: ControlSignal): void {
  switch (signal.kind) {
    case 'add-tasks':
      return
    case 'close-source':
      run.close()
      return
    case 'seal-group':
      run.sealGroup(signal.group)
      return
    case 'pause':
      run.pause()
      return
    case 'unpause':
      run.unpause()
      return
    case 'cancel':
      run.cancel(signal.scope, signal.by)
      return
    case 'drain':
      run.drain(signal.by)
      return
    case 'interrupt':
      run.interrupt(signal.by)
      return
  }
}

/** Lets everything happen that follows without the passing of time. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}

function failed(code: 'STORE_FAILED' | 'STORE_FULL'): MusterError {
  return new MusterError(code, { expected: 'a row to be stored', got: 'a fault of the simulation' })
}

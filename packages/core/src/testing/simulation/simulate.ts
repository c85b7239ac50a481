// One simulated run from its first step to its end: the real kernel, a driver that keeps to the step protocol, a store and
// a cluster that fail, and a witness that holds everything against the laws. The same plan always goes the same way.
import { Kernel } from '../../run/kernel.ts'
import { Replay } from '../../run/replay.ts'
import { compareReports } from './compare-states.ts'
import { describeState, firstDifference } from './describe-state.ts'
import { LawBroken, type LawNumber, uphold } from './laws.ts'
import type { ScriptItem, SimulationPlan } from './plan.ts'
import { policyOf } from './policies.ts'
import { SeededDice } from './seeded-dice.ts'
import { SimulatedCluster } from './simulated-cluster.ts'
import { type DriverEnding, SimulatedDriver, type StepPoint } from './simulated-driver.ts'
import { SimulatedStore } from './simulated-store.ts'
import { VirtualClock } from './virtual-clock.ts'
import { Watcher } from './watcher.ts'

/** What is to be kept of a simulated run. */
export interface SimulationOptions {
  /** Keep a line for everything that happens. @defaultValue `false` */
  readonly isTraced?: boolean | undefined
  /**
   * Hold the state after every commit against one that was read back from the journal, and decide the whole journal anew.
   * Costs as much again. @defaultValue `false`
   */
  readonly checksEveryCommit?: boolean | undefined
}

/** A law that did not hold, and when. */
export interface BrokenLaw {
  /** Absent where something was thrown instead: an invariant of our own that did not hold. */
  readonly law: LawNumber | undefined
  readonly text: string
  /** Virtual time in milliseconds. */
  readonly atMs: number
}

/** What became of a simulated run. */
export interface SimulationResult {
  readonly seed: number
  readonly broken: BrokenLaw | undefined
  /** One number for everything that happened. */
  readonly hash: number
  /** Rows of the journal, launches that were carried out, owners of the run, tasks. */
  readonly rows: number
  readonly launches: number
  readonly owners: number
  readonly tasks: number
  readonly trace: readonly string[]
}

/** Virtual time after healing within which every run must end, in milliseconds. */
const patienceMs = 120_000

/** Waits after which a run is taken to go in circles. */
const mostWaits = 200_000

/**
 * Runs a plan and says whether a law was broken.
 *
 * @example
 * ```ts
 * simulate(randomPlan(1)).broken // => undefined
 * ```
 */
export function simulate(plan: SimulationPlan, options: SimulationOptions = {}): SimulationResult {
  return new World(plan, options).run()
}

/** Thrown where a coordinator dies; always the same one, since a stack nobody reads is dear. */
const death = new Error('a simulated coordinator dies')

class World {
  readonly #plan: SimulationPlan
  readonly #options: SimulationOptions
  readonly #clock = new VirtualClock()
  readonly #dice: SeededDice
  readonly #trace: string[] = []
  readonly #watcher: Watcher
  readonly #store: SimulatedStore
  readonly #cluster: SimulatedCluster
  /** What was asked for and is not durable yet. */
  readonly #asked = new Set<ScriptItem>()
  #driver: SimulatedDriver | undefined
  #owners = 0
  #isHealed = false
  #isFinished = false
  #deathPoint: StepPoint = 'before append'
  readonly #states = new Map<number, readonly string[]>()

  constructor(plan: SimulationPlan, options: SimulationOptions) {
    this.#plan = plan
    this.#options = options
    this.#dice = new SeededDice(plan.seed ^ 0x2545f491)
    const clock = this.#clock
    const dice = this.#dice
    const trace = options.isTraced === true ? this.#trace : undefined
    this.#watcher = new Watcher({ policy: policyOf(plan.policy), now: () => clock.now(), trace })
    this.#store = new SimulatedStore({ clock, dice, faults: plan.faults, witness: this.#watcher })
    this.#cluster = new SimulatedCluster({ clock, dice, plan, witness: this.#watcher })
  }

  run(): SimulationResult {
    let broken: BrokenLaw | undefined
    try {
      this.#begin()
      let waits = 0
      while (!this.#isFinished && this.#clock.now() < this.#plan.healAtMs + patienceMs && waits++ < mostWaits) {
        if (!this.#clock.goOn()) break
      }
      uphold(1, this.#isFinished, () => `the run did not end: ${this.#whatIsOpen()}`)
      this.#checkEnd()
    } catch (error) {
      const law = error instanceof LawBroken ? error.law : undefined
      const text =
        error instanceof Error ? (law === undefined ? (error.stack ?? error.message) : error.message) : String(error)
      broken = { law, text, atMs: this.#clock.now() }
    }
    const { hash, rows, launches, oracle } = this.#watcher
    return {
      seed: this.#plan.seed,
      broken,
      hash,
      rows,
      launches,
      owners: this.#owners,
      tasks: oracle.model.tasks.length,
      trace: this.#trace,
    }
  }

  #begin(): void {
    const { script, faults, healAtMs } = this.#plan
    for (const item of script)
      this.#clock.after(item.atMs, () => {
        this.#ask(item)
      })
    for (const atMs of faults.takeOverAtMs)
      this.#clock.after(atMs, () => {
        this.#open()
      })
    this.#clock.after(healAtMs, () => {
      this.#watcher.note(() => '--- the world heals')
      this.#isHealed = true
      this.#store.heal()
      this.#cluster.heal()
    })
    this.#clock.after(0, () => {
      this.#open()
    })
  }

  /** Somebody opens the run; whoever owned it goes on and does not know yet. */
  #open(): void {
    if (this.#isFinished) return
    this.#owners++
    this.#jumpWall()
    let driver: SimulatedDriver | undefined
    this.#guard(
      () => driver,
      () => {
        const opened = new SimulatedDriver({
          run: 'simulated',
          seed: this.#plan.seed,
          options: this.#plan.options,
          clock: this.#clock,
          store: this.#store,
          client: this.#cluster.connect(),
          policy: policyOf(this.#plan.policy),
          signalsPerStep: () => this.#dice.pick([1, 2, 5, 1000]),
          reach: (point) => {
            this.#reach(point)
          },
          settled: (kernel) => {
            this.#settled(kernel)
          },
          over: (ending) => {
            this.#over(opened, ending)
          },
          guard: (then) => {
            this.#guard(() => opened, then)
          },
        })
        driver = opened
        this.#driver = opened
        this.#watcher.meet(this.#owners, opened.kernel)
        this.#checkReadBack(opened.kernel)
        for (const item of this.#asked) this.#tell(opened, item)
        opened.start()
      },
    )
  }

  /** Whoever comes next may have another idea of the time. */
  #jumpWall(): void {
    const { wallJumpMs } = this.#plan.faults
    if (wallJumpMs > 0 && !this.#isHealed) this.#clock.jumpWall(this.#dice.between(-wallJumpMs, wallJumpMs))
  }

  #guard(driver: () => SimulatedDriver | undefined, then: () => void): void {
    try {
      then()
    } catch (error) {
      if (error !== death) throw error
      this.#watcher.note(() => `--- the coordinator dies ${this.#deathPoint}`)
      const dead = driver()
      dead?.die()
      if (dead === this.#driver) this.#openLater()
    }
  }

  #reach(point: StepPoint): void {
    if (!this.#isHealed && this.#dice.chance(this.#plan.faults.crash)) {
      this.#deathPoint = point
      throw death
    }
  }

  #openLater(): void {
    this.#clock.after(this.#dice.between(1, 150), () => {
      if (this.#driver?.isOver !== false) this.#open()
    })
  }

  #over(driver: SimulatedDriver, ending: DriverEnding): void {
    this.#watcher.note(() => `--- the coordinator stops: ${ending}`)
    if (ending === 'finished') this.#isFinished = true
    else if (driver === this.#driver) this.#openLater()
  }

  #ask(item: ScriptItem): void {
    this.#watcher.note(() => `asked: ${item.signal.kind}`)
    this.#asked.add(item)
    if (this.#driver?.isOver === false) this.#tell(this.#driver, item)
  }

  #tell(driver: SimulatedDriver, item: ScriptItem): void {
    const copies = this.#dice.chance(this.#plan.faults.doubleSignal) ? 2 : 1
    for (let i = 0; i < copies; i++) {
      driver.tell(item.signal, () => {
        this.#asked.delete(item)
      })
    }
  }

  #settled(kernel: Kernel): void {
    this.#watcher.settled(kernel)
    const { rows } = this.#watcher
    if (this.#options.checksEveryCommit === true && kernel.state.epoch === this.#owners && !this.#states.has(rows)) {
      this.#states.set(rows, describeState(kernel.state))
    }
  }

  /** An owner that was read back from the journal is the one that wrote it. */
  #checkReadBack(kernel: Kernel): void {
    const live = this.#states.get(this.#store.rows.length)
    if (live === undefined) return
    const difference = firstDifference(live, describeState(kernel.state))
    uphold(7, difference === undefined, () => `read back from ${this.#store.rows.length} rows: ${difference ?? ''}`)
  }

  #checkEnd(): void {
    const { oracle } = this.#watcher
    const live = this.#driver?.kernel
    if (live === undefined) return
    const handedIn = this.#plan.script.flatMap(({ signal }) => (signal.kind === 'add-tasks' ? signal.tasks : []))
    const missing = handedIn.find(({ id }) => !oracle.model.tasks.some(({ definition }) => definition.id === id))
    uphold(
      1,
      missing === undefined,
      () => `task ${missing?.id ?? ''} was handed in before the source closed, and is not there`,
    )
    compareReports(live.state, oracle.model)
    if (this.#options.checksEveryCommit !== true) return
    const policy = policyOf(this.#plan.policy)
    const again = new Kernel(policy)
    const replay = new Replay(policy)
    for (const [i, commit] of this.#store.rows.entries()) {
      again.evolve(commit.entries, commit.atMs)
      const then = this.#states.get(i + 1)
      const difference = then === undefined ? undefined : firstDifference(then, describeState(again.state))
      uphold(7, difference === undefined, () => `read back from row ${i + 1}: ${difference ?? ''}`)
      replay.take(commit)
    }
    const difference = firstDifference(describeState(live.state), describeState(again.state))
    uphold(7, difference === undefined, () => `read back from the whole journal: ${difference ?? ''}`)
    const { parting } = replay.result
    uphold(7, parting === undefined, () => `decided anew, the journal parts: ${JSON.stringify(parting)}`)
  }

  #whatIsOpen(): string {
    const { model } = this.#watcher.oracle
    const open = model.tasks.filter(({ status }) => status !== 'judged')
    return `${open.length} of ${model.tasks.length} tasks are open, such as ${JSON.stringify(open.slice(0, 2))}`
  }
}

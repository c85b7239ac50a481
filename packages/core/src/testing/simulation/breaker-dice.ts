// Draws what breakers and quarantine have to do with in a simulated run: what tasks use, when that is down, workers whose
// device fails everything, and rules that are met within a run of a second. From dice of its own, so that a seed means the same
// in all else as it did before.
import type { WorkerDefinition } from '../../model/worker.ts'
import type { Resolved } from '../../options/resolved.ts'
import type { BreakerOptions } from '../../resilience/breaker-options.ts'
import type { KernelOptions } from '../../run/kernel-options.ts'
import type { BadDevice, Outage, ScriptItem } from './plan.ts'
import { SeededDice } from './seeded-dice.ts'

const used = ['database', 'api'] as const

/** Dice for what fails together. */
export class BreakerDice {
  readonly #dice: SeededDice
  readonly #isOn: boolean

  constructor(seed: number) {
    this.#dice = new SeededDice(seed ^ 0x5bd1e995)
    this.#isOn = this.#dice.chance(0.6)
  }

  options(options: KernelOptions): KernelOptions {
    const dice = this.#dice
    if (!this.#isOn) return options
    const [worker, host, resource, category] = [this.#breaker(), this.#breaker(), this.#breaker(), this.#breaker()]
    return {
      ...options,
      breakers: { worker, host, resource, category },
      quarantineAfter: dice.chance(0.3) ? null : dice.between(1, 3),
    }
  }

  workers(workers: readonly WorkerDefinition[]): readonly WorkerDefinition[] {
    const dice = this.#dice
    if (!this.#isOn || dice.chance(0.3)) return workers
    return workers.map((worker) => ({ ...worker, host: dice.pick(['h0', 'h1', 'h2']) }))
  }

  script(script: readonly ScriptItem[]): readonly ScriptItem[] {
    const dice = this.#dice
    if (!this.#isOn || dice.chance(0.3)) return script
    return script.map((item) => {
      if (item.signal.kind !== 'add-tasks') return item
      const tasks = item.signal.tasks.map((task) => {
        return dice.chance(0.3) ? { ...task, needs: { ...task.needs, uses: dice.some(used, 0.6) } } : task
      })
      return { ...item, signal: { ...item.signal, tasks } }
    })
  }

  outages(healAtMs: number): readonly Outage[] {
    const dice = this.#dice
    if (!this.#isOn) return []
    return dice.some(used, 0.5).map((name) => {
      const fromMs = dice.between(0, healAtMs)
      return { name, fromMs, toMs: dice.between(fromMs, healAtMs) }
    })
  }

  badDevices(workers: readonly WorkerDefinition[]): readonly BadDevice[] {
    const dice = this.#dice
    if (!this.#isOn || dice.chance(0.5)) return []
    return [{ worker: dice.pick(workers).id, afterAttempts: dice.between(0, 5), takesMs: dice.between(0, 20) }]
  }

  #breaker(): Resolved<BreakerOptions> | null {
    const dice = this.#dice
    if (dice.chance(0.3)) return null
    const failures = dice.between(1, 4)
    return {
      failures,
      rate: dice.pick([0.3, 0.5, 1]),
      window: dice.between(failures, 10),
      windowMs: dice.between(20, 1000),
      openMs: dice.between(1, 80),
      factor: dice.pick([1, 2, 3]),
      maxOpenMs: dice.between(80, 400),
      jitter: dice.pick([0, 0.5, 1]),
      probes: dice.between(1, 3),
      closeAfter: dice.between(1, 3),
      probeMs: dice.between(10, 300),
      maxHeldMs: dice.pick([0, 200, 1000, 5000]),
    }
  }
}

// How attempts of a kind went on each class of workers in this run: a fold over what happened, so a resumed run knows as much.

interface Tally {
  passed: number
  all: number
}

/** Passed attempts by kind of task and class of workers. */
export class PassRates {
  readonly #tallies = new Map<string, Tally>()

  add(kind: string, workerClass: string, hasPassed: boolean): void {
    const tally = this.#tallies.get(`${kind}\n${workerClass}`)
    if (tally === undefined) this.#tallies.set(`${kind}\n${workerClass}`, { passed: hasPassed ? 1 : 0, all: 1 })
    else {
      tally.all++
      if (hasPassed) tally.passed++
    }
  }

  /** Share that passed, with two attempts added of which one passed (Laplace's rule of succession). */
  rate(kind: string, workerClass: string): number {
    const { passed = 0, all = 0 } = this.#tallies.get(`${kind}\n${workerClass}`) ?? {}
    return (passed + 1) / (all + 2)
  }
}

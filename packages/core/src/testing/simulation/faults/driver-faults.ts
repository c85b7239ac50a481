// Bugs in the step protocol, the store's fence and the attach: the promises that hold between kernel, journal and engine.
import type { PlantedFault } from './planted-fault.ts'

const driver = 'testing/simulation/simulated-driver.ts'
const store = 'testing/simulation/simulated-store.ts'
const cluster = 'testing/simulation/simulated-cluster.ts'

/** Planted in the driver, the store and the cluster of the simulation. */
export const driverFaults: readonly PlantedFault[] = [
  {
    name: 'acknowledged-before-durable',
    breaks: 'a signal is let go of before the journal holds it',
    file: driver,
    find: "reach('before append')\n",
    replace: "for (const { acknowledge } of taken) acknowledge?.()\n    reach('before append')\n",
  },
  {
    name: 'launched-before-durable',
    breaks: 'an attempt is launched before the journal holds it',
    file: driver,
    find: "reach('before append')\n",
    replace:
      "for (const entry of step.entries) if (entry.kind === 'launched') this.#launch([{ run: this.#parts.run, task: entry.task, n: entry.n }])\n    reach('before append')\n",
  },
  {
    name: 'cancelled-before-durable',
    breaks: 'an attempt is asked to end before the journal holds it',
    file: driver,
    find: "reach('before append')\n",
    replace:
      "for (const entry of step.entries) if (entry.kind === 'cancelling') this.#parts.client.cancel({ run: this.#parts.run, task: entry.task, n: entry.n }, '')\n    reach('before append')\n",
  },
  {
    name: 'failed-append-ignored',
    breaks: 'the driver goes on after an append that failed',
    file: driver,
    find: "if (answer === 'stored') this.#settle",
    replace: "if (answer !== 'taken-over') this.#settle",
  },
  {
    name: 'take-over-ignored',
    breaks: 'the driver goes on after somebody else took the run over',
    file: driver,
    find: "if (answer === 'stored') this.#settle",
    replace: "if (answer !== 'failed') this.#settle",
  },
  {
    name: 'launches-not-repeated',
    breaks: 'a launch that never arrived is not sent again by the next owner',
    file: driver,
    find: "answer.kind === 'never-delivered'",
    replace: 'answer.kind !== answer.kind',
  },
  {
    name: 'cancels-not-repeated',
    breaks: 'a cancel is sent once and never again',
    file: driver,
    find: 'if (cancelled !== undefined) this.#parts.client.cancel(attempt, cancelled)',
    replace: 'void cancelled, attempt',
  },
  {
    name: 'losses-not-answered',
    breaks: 'what the cluster says is lost stays open',
    file: driver,
    find: "if (answer.kind === 'lost') first.push",
    replace: "if (answer.kind === 'running') first.push",
  },
  {
    name: 'last-row-not-read',
    breaks: 'the next owner does not read the last row',
    file: driver,
    find: 'for (const commit of parts.store.rows) {',
    replace: 'for (const commit of parts.store.rows.slice(0, -1)) {',
  },
  {
    name: 'timer-forgotten',
    breaks: 'nobody steps when something is due',
    file: driver,
    find: 'if (nextDueMs === undefined) return',
    replace: 'if (nextDueMs !== Infinity) return',
  },
  {
    name: 'stale-owner-writes',
    breaks: 'the store takes rows of a former owner',
    file: store,
    find: 'epoch !== this.#epoch || ',
    replace: '',
  },
  {
    name: 'epoch-handed-out-twice',
    breaks: 'two owners have the same epoch',
    file: store,
    find: 'this.#epoch++\n',
    replace: 'this.#epoch = Math.max(1, this.#epoch)\n',
  },
  {
    name: 'row-lost-after-answer',
    breaks: 'a row that was answered for is not there when it is read',
    file: store,
    find: 'this.rows.push(commit)',
    replace: 'if (seq % 17 !== 3) this.rows.push(commit)',
  },
  {
    name: 'stale-launches-start',
    breaks: 'launches of a former owner start attempts',
    file: cluster,
    find: 'return this.#connection !== connection\n',
    replace: 'return this.#connection === undefined && connection.isCut\n',
    missedBecause:
      'launches are idempotent, and every launch of a former owner is in the journal: its successor sends it again under the same number',
  },
]

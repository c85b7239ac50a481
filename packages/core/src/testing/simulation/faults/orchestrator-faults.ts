// Bugs in the real driver and its way to the engines. They are looked for with the real orchestrator in the simulated world.
import type { PlantedFault } from './planted-fault.ts'

const driver = 'shell/run-driver.ts'
const outbox = 'shell/engine-outbox.ts'

/** Planted in the driver of the orchestrator. */
export const orchestratorFaults: readonly PlantedFault[] = [
  {
    name: 'orchestrator-acknowledges-early',
    breaks: 'the driver lets go of signals before they are durable',
    file: driver,
    find: 'const durable = this.#recorder.record(step)\n',
    replace: 'for (const told of batch) this.#acknowledge(told)\n        const durable = this.#recorder.record(step)\n',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-acts-early',
    breaks: 'the driver launches and cancels before the step is durable',
    file: driver,
    find: 'const durable = this.#recorder.record(step)\n',
    replace: 'this.#carryOut(step, [])\n        const durable = this.#recorder.record(step)\n',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-steps-before-open',
    breaks: 'what engines tell while they attach is forgotten with the old workers',
    file: driver,
    find: ' || this.#isPumping || !this.#isOpen) return',
    replace: ' || this.#isPumping) return',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-acknowledges-after-stop',
    breaks: 'a driver that failed lets go of signals that nobody kept',
    file: driver,
    find: 'if (this.#hasFinished) this.#acknowledge',
    replace: 'this.#acknowledge',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-forgets-launches',
    breaks: 'a launch that never arrived is not repeated',
    file: outbox,
    find: "else if (answer.kind === 'never-delivered') again.push(answer.attempt)",
    replace: '',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-forgets-losses',
    breaks: 'what the engines say is lost stays open',
    file: outbox,
    find: "if (answer.kind === 'lost') answered.push",
    replace: 'if (answer.kind !== answer.kind) answered.push',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-cancels-once',
    breaks: 'a cancel that got lost is not repeated',
    file: outbox,
    find: 'this.#ask(attempt, because)\n    this.#repeatLater()',
    replace: 'this.#ask(attempt, because)',
    needsOrchestrator: true,
  },
  {
    name: 'orchestrator-ignores-failed-appends',
    breaks: 'the driver goes on though its row was not stored',
    file: 'shell/owned-journal.ts',
    find: 'await this.#parts.journal.append(commit)\n    } catch (error) {\n      throw storeFailed(error)',
    replace: 'await this.#parts.journal.append(commit)\n    } catch (error) {\n      void error',
    needsOrchestrator: true,
  },
]

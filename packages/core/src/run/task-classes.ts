// Tasks that need the same are one class: what is found out about one of them holds for all, and is remembered. So a
// placement round costs what changed, not what waits.
import type { TaskDefinition } from '../model/task.ts'
import type { BreakerKey } from './breaker-key.ts'

/** An amount of one resource. */
export interface Amount {
  readonly resource: number
  readonly amount: number
}

/** What all tasks of a class have in common. */
export interface TaskClass {
  readonly handle: number
  readonly kind: string
  readonly labels: readonly string[]
  readonly needs: readonly Amount[]
  /** Ledgers of which each running task holds one. */
  readonly ledgers: readonly number[]
  /** Breakers of what the tasks use: each may keep them from starting. */
  readonly uses: readonly BreakerKey[]
}

/** Resource names by index; `slots` is 0. */
export class ResourceNames {
  readonly names: string[] = ['slots']
  readonly #indices = new Map<string, number>([['slots', 0]])

  index(name: string): number {
    const known = this.#indices.get(name)
    if (known !== undefined) return known
    const index = this.names.push(name) - 1
    this.#indices.set(name, index)
    return index
  }
}

/** The classes of a run. */
export class TaskClasses {
  readonly all: TaskClass[] = []
  readonly #bySignature = new Map<string, TaskClass>()
  // Most tasks need nothing special: they are found by their kind alone.
  readonly #plain = new Map<string, TaskClass>()
  readonly #resources: ResourceNames

  constructor(resources: ResourceNames) {
    this.#resources = resources
  }

  get(handle: number): TaskClass | undefined {
    return this.all[handle]
  }

  /** The class of a task that holds the given ledgers while it runs. */
  classOf(task: TaskDefinition, ledgers: readonly number[]): TaskClass {
    if (task.needs === undefined && ledgers.length === 0) {
      const known = this.#plain.get(task.kind)
      if (known !== undefined) return known
    }
    const labels = [...new Set(task.needs?.labels)].sort()
    const resources: Readonly<Record<string, number>> = { slots: 1, ...task.needs?.resources }
    const needs = Object.keys(resources)
      .sort()
      .map((name) => ({ resource: this.#resources.index(name), amount: resources[name] ?? 0 }))
      .filter((need) => need.amount > 0)
    const held = [...new Set(ledgers)].sort((a, b) => a - b)
    const uses = usesOf(task)
    const amounts = needs.map((need) => [need.resource, need.amount])
    const signature = JSON.stringify([task.kind, labels, amounts, held, uses])
    const known = this.#bySignature.get(signature)
    if (known !== undefined) return known
    const created: TaskClass = { handle: this.all.length, kind: task.kind, labels, needs, ledgers: held, uses }
    this.all.push(created)
    this.#bySignature.set(signature, created)
    if (task.needs === undefined && ledgers.length === 0) this.#plain.set(task.kind, created)
    return created
  }
}

/** Every machine has some of these, so a failure says nothing about the resource as such. */
const ofEveryMachine: ReadonlySet<string> = new Set(['slots', 'cpu', 'memory'])

function usesOf({ needs }: TaskDefinition): readonly BreakerKey[] {
  const names = Object.keys(needs?.resources ?? {}).filter((name) => !ofEveryMachine.has(name))
  return [...new Set([...names, ...(needs?.uses ?? [])])].sort().map((name): BreakerKey => `resource:${name}`)
}

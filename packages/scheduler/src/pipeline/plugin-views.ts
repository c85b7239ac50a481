// Tasks and workers as plugins see them. What is worked out of a definition is worked out once: a policy is asked about the
// same tasks and workers again and again.
import type { TaskDefinition, TaskView, WorkerDefinition, WorkerView } from '@muster/core'
import { effectiveNeeds } from '../strategies/resource-fit.ts'
import type { PluginTask, PluginWorker } from './plugin.ts'

interface OfTask {
  readonly labels: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
  readonly needs: Readonly<Record<string, number>>
}

/** Makes views for the plugins of one run. */
export class PluginViews {
  readonly #tasks = new WeakMap<TaskDefinition, OfTask>()
  readonly #workers = new WeakMap<WorkerDefinition, WorkerOfPlugins>()
  readonly #classes = new WeakMap<WorkerDefinition, string>()

  task(view: TaskView): PluginTask {
    const { definition } = view
    let known = this.#tasks.get(definition)
    if (known === undefined) {
      const { needs, tags } = definition
      known = { labels: new Set(needs?.labels), tags: new Set(tags), needs: effectiveNeeds(definition) }
      this.#tasks.set(definition, known)
    }
    return new TaskOfPlugins(view, known)
  }

  worker(view: WorkerView): PluginWorker {
    const { definition } = view
    const known = this.#workers.get(definition)
    if (known?.isOf(view) === true) return known
    const made = new WorkerOfPlugins(view, this.classOf(definition))
    this.#workers.set(definition, made)
    return made
  }

  /** Name of the class of workers that are like this one. */
  classOf(definition: WorkerDefinition): string {
    const known = this.#classes.get(definition)
    if (known !== undefined) return known
    const { engine, labels = [], capacity } = definition
    const amounts = Object.entries(capacity).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    const name = [engine, ...labels.toSorted(), ...amounts.map(([of, amount]) => `${of}=${amount}`)].join(' ')
    this.#classes.set(definition, name)
    return name
  }
}

/** One for each worker: a policy that likes to choose is asked about the same ones for every task. */
class WorkerOfPlugins implements PluginWorker {
  readonly id: string
  readonly host: string
  readonly class: string
  readonly labels: ReadonlySet<string>
  readonly capacity: Readonly<Record<string, number>>
  readonly definition: WorkerDefinition
  readonly #view: WorkerView

  constructor(view: WorkerView, workerClass: string) {
    const { definition } = view
    const { id, host = id, labels, capacity } = definition
    this.id = id
    this.host = host
    this.class = workerClass
    this.labels = new Set(labels)
    this.capacity = capacity
    this.definition = definition
    this.#view = view
  }

  isOf(view: WorkerView): boolean {
    return this.#view === view
  }

  free(resource: string): number {
    return this.#view.free(resource)
  }
}

/** Reads the view when it is asked: most plugins look at one or two fields. */
class TaskOfPlugins implements PluginTask {
  readonly #view: TaskView
  readonly #known: OfTask

  constructor(view: TaskView, known: OfTask) {
    this.#view = view
    this.#known = known
  }

  get id(): string {
    return this.#view.definition.id
  }

  get kind(): string {
    return this.#view.definition.kind
  }

  get owner(): string {
    return this.#view.definition.owner ?? ''
  }

  get labels(): ReadonlySet<string> {
    return this.#known.labels
  }

  get tags(): ReadonlySet<string> {
    return this.#known.tags
  }

  get needs(): Readonly<Record<string, number>> {
    return this.#known.needs
  }

  get handle(): number {
    return this.#view.handle
  }

  get definition(): TaskDefinition {
    return this.#view.definition
  }

  get facts(): TaskView['facts'] {
    return this.#view.facts
  }

  get order(): number {
    return this.#view.order
  }

  get criticalPathMs(): number | undefined {
    return this.#view.criticalPathMs
  }

  get attempts(): number {
    return this.#view.attempts
  }

  get nowMs(): number | undefined {
    return this.#view.nowMs
  }
}

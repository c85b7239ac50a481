// What a worker tells about itself when it joins. The kernel keeps its use, the worker its own slot table.

/** Something that executes attempts. */
export interface WorkerDefinition {
  /** Unique within the run; the same id again after a loss is the same worker coming back. */
  readonly id: string
  /** Name of the engine that carries launches to it. */
  readonly engine: string
  /** Kinds of task it can execute. */
  readonly kinds: readonly string[]
  /** What it offers, by resource name; `slots` says how many attempts it runs at once. */
  readonly capacity: Readonly<Record<string, number>>
  /**
   * Slots' worth of attempts that it takes beyond its capacity, to begin them the moment something ends: they wait with it and
   * can be recalled. What they need of anything but slots is counted from their launch. @defaultValue 0
   */
  readonly prefetch?: number | undefined
  /** Whether it can give an attempt a process that nothing ran in before. @defaultValue `false` */
  readonly freshProcesses?: boolean | undefined
  /** Labels that tasks may ask for. @defaultValue none */
  readonly labels?: readonly string[] | undefined
  /** Machine it runs on, for people and for affinity. */
  readonly host?: string | undefined
}

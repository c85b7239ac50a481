// A scheduler plugin: a name, and the extension points it cares about, one method each. Plain functions over plain views, so
// that one can be tried on recorded runs before it decides anything.
import type {
  Claim,
  Happening,
  Preemption,
  PreemptionQuestion,
  Rejection,
  TaskFacts,
  TaskView,
  WorkerDefinition,
} from '@muster/core'

/** What a plugin's answers depend on: what may be remembered, and what makes them worth asking for again. */
export type PluginReads = 'task' | 'worker' | 'ledger' | 'time' | 'history'

/** A task as plugins see it. */
export interface PluginTask extends TaskView {
  readonly id: string
  readonly kind: string
  /** Labels that it wants of its worker. */
  readonly labels: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
  /** Whom its use is charged to; empty where nobody is named. */
  readonly owner: string
  /** What it holds while it runs, `slots` included. */
  readonly needs: Readonly<Record<string, number>>
}

/** A worker as plugins see it. */
export interface PluginWorker {
  readonly id: string
  /** The machine it runs on, or itself where none is named. */
  readonly host: string
  /** Workers of one class are alike: the same engine, labels and capacity. */
  readonly class: string
  readonly labels: ReadonlySet<string>
  readonly capacity: Readonly<Record<string, number>>
  readonly definition: WorkerDefinition
  /** What is free now, by resource name. */
  free(resource: string): number
}

/** What is known of a task from the past, and of this run so far. */
export interface PluginFacts {
  /** What the history says; nothing where it knows nothing. */
  readonly past: TaskFacts | undefined
  /** Expected duration in milliseconds: the median of the past, else what its author expects, else unknown. */
  readonly expectedMs: number | undefined
  /**
   * Share of attempts that passed on workers of a class, 0 to 1, of tasks of the same kind in this run. Two attempts of
   * which one passed are added, so that nothing is concluded from little.
   */
  passRateOn(workerClass: string): number
}

/** What an extension point is asked about. */
export interface PluginQuestion {
  readonly task: PluginTask
  readonly worker: PluginWorker
  readonly facts: PluginFacts
  /** Run time in milliseconds. */
  readonly nowMs: number
}

/** Why not, and what could change that; who refuses is added. */
export interface Refusal extends Omit<Rejection, 'by'> {
  readonly kind: 'refused'
}

/** Whether a place that was chosen may be taken: now, not before a time, or not. */
export type Permit =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'held'; readonly untilMs: number; readonly because: string }
  | { readonly kind: 'denied'; readonly because: string; readonly wakesOn: Rejection['wakesOn'] }

/** One concern of scheduling. */
export interface Plugin {
  /** Unique among the plugins of a policy; rejections and decisions bear it. */
  readonly name: string
  /** @defaultValue `['task', 'worker']` */
  readonly reads?: readonly PluginReads[] | undefined
  /** Ledgers whose limits it sets; one that ends with `*` names all that begin so. Two plugins may not set one limit. @defaultValue none */
  readonly limits?: readonly string[] | undefined
  /** How much its score counts beside others'. @defaultValue `1` */
  readonly weight?: number | undefined
  /** How early: smaller first. It goes before the strategy's own key. */
  key?(question: Omit<PluginQuestion, 'worker'>): number | readonly number[]
  /** May it run there now? Nothing: yes. */
  admit?(question: PluginQuestion): Refusal | undefined
  /** How well it suits there, 0 to 100. */
  score?(question: PluginQuestion): number
  /** What it holds on named ledgers while it runs there. */
  claims?(question: PluginQuestion): readonly Claim[]
  /** The last word about the place that was chosen. */
  permit?(question: PluginQuestion): Permit
  /** Name of the lane in which a task waits. At most one plugin, or the strategy, has lanes. */
  lane?(question: Omit<PluginQuestion, 'worker'>): string
  /** How early tasks of a lane go, or why none may start now. */
  laneKey?(lane: string): number | readonly number[] | Refusal
  /** A task that found no place with room. */
  passedOver?(question: Omit<PluginQuestion, 'worker'>): void
  /** Who is to make room for whom, once everything that finds a place has one; asked until it answers with nothing. */
  preempts?(question: PreemptionQuestion): Preemption | undefined
  /** Hears what happened; answers with the lanes whose keys are others now. */
  observe?(happening: Happening): readonly string[] | undefined
  /** A plugin of the same kind that remembers nothing yet; whoever remembers something has to have it. */
  forRun?(): Plugin
}

/**
 * A plugin, as it was given; the types of its points come with it.
 *
 * @example
 * ```ts
 * const oneBrowserPerHost = definePlugin({
 *   name: 'one-browser-per-host',
 *   reads: ['task', 'worker', 'ledger'],
 *   limits: ['browser@*'],
 *   claims: ({ task, worker }) => (task.labels.has('browser') ? [claim(`browser@${worker.host}`, 1, { limit: 1 })] : []),
 * })
 * ```
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin
}

/** A part of a ledger that is held while an attempt is open. */
export function claim(ledger: string, amount: number, { limit }: { readonly limit: number }): Claim {
  return { ledger, amount, limit }
}

/** A refusal: why, and after which kind of change it is worth asking again. `atMs` goes with `'time'`. */
export function refuse(because: string, wakesOn: Rejection['wakesOn'], atMs?: number): Refusal {
  return atMs === undefined ? { kind: 'refused', because, wakesOn } : { kind: 'refused', because, wakesOn, atMs }
}

// What the kernel of a new run is told first.
import type { TaskFacts } from '../model/facts.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { KernelOptions } from '../run/kernel-options.ts'
import type { Plan } from './plan.ts'

/** Tasks are told in chunks, so that no row of the journal grows without bound. */
const tasksPerRow = 5_000

/** A run as it begins. */
export interface Beginning {
  readonly run: string
  readonly name: string
  readonly seed: number
  readonly options: KernelOptions
  readonly epoch: number
  readonly plan: Plan
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** More tasks may come. */
  readonly keepsOpen: boolean
}

/** The signals that begin a run: the first two open it, the others bring its tasks. */
export function firstSignals(beginning: Beginning): readonly KernelSignal[] {
  const { run, name, seed, options, epoch, plan, facts, keepsOpen } = beginning
  const signals: KernelSignal[] = [
    { kind: 'begin', run, name, seed, options },
    { kind: 'open', epoch },
    ...taskSignals(plan, facts),
  ]
  if (!keepsOpen) signals.push({ kind: 'close-source' })
  return signals
}

function* taskSignals(plan: Plan, facts: Readonly<Record<string, TaskFacts>>): Iterable<KernelSignal> {
  const { tasks, groups } = plan
  const hasFacts = Object.keys(facts).length > 0
  for (let from = 0; from < tasks.length || from === 0; from += tasksPerRow) {
    const chunk = tasks.slice(from, from + tasksPerRow)
    const known: Record<string, TaskFacts> = {}
    if (hasFacts) {
      for (const { id } of chunk) {
        const fact = facts[id]
        if (fact !== undefined) known[id] = fact
      }
    }
    const more = from + tasksPerRow < tasks.length
    yield {
      kind: 'add-tasks',
      tasks: chunk,
      groups: from === 0 ? groups : [],
      facts: hasFacts ? known : undefined,
      more,
    }
  }
}

// What the kernel of a new run is told first.
import type { TaskFacts } from '../model/facts.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { KernelOptions } from '../run/kernel-options.ts'
import type { Plan } from './plan.ts'
import { taskChunks } from './task-chunks.ts'

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
    ...taskChunks({ tasks: plan.tasks, groups: plan.groups, facts }),
  ]
  if (!keepsOpen) signals.push({ kind: 'close-source' })
  return signals
}

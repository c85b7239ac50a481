// Runs every instance under every rule, ours and the peers', in one call, so that nobody's figure comes from elsewhere.
import type { BenchContext, Figures } from '../bench.ts'
import { wholeNumber } from '../read-number.ts'
import { Means, spread } from './gaps.ts'
import { questionOf, type Rule, runPolicy } from './run-policy.ts'
import type { SchedulingInstance } from './scheduling-instance.ts'

/** What is compared. */
export interface Comparison<Instance extends SchedulingInstance> {
  readonly instances: readonly Instance[]
  /** Ours under `muster`. */
  readonly rules: Readonly<Record<string, Rule>>
  /** What a makespan comes to, by figure. */
  readonly figuresOf: (instance: Instance, makespan: number) => Figures
  readonly context: BenchContext
}

/** Mean gaps to the best known, by rule and figure. */
export function compareRules<Instance extends SchedulingInstance>({
  instances,
  rules,
  figuresOf,
  context,
}: Comparison<Instance>): { readonly instances: number; readonly of: (rule: string) => Figures } {
  const means = new Means()
  const limited = limitOf(context, instances)
  for (const [at, instance] of limited.entries()) {
    const question = questionOf(instance)
    for (const [name, rule] of Object.entries(rules)) {
      const { makespan } = runPolicy(instance, question, rule(question))
      for (const [figure, value] of Object.entries(figuresOf(instance, makespan))) means.add(name, figure, value)
    }
    if ((at + 1) % 100 === 0) context.progress(`${at + 1} of ${limited.length}`)
  }
  return { instances: limited.length, of: (rule) => means.of(rule) }
}

/** All instances, or as many as `--limit` says. */
export function limitOf<Instance>(context: BenchContext, instances: readonly Instance[]): readonly Instance[] {
  return context.options['limit'] === undefined
    ? instances
    : spread(instances, wholeNumber(context, 'limit', { fallback: instances.length }))
}

/** The rules but ours, for `peers`. */
export function peersOf(
  rules: Readonly<Record<string, Rule>>,
  of: (rule: string) => Figures,
): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    Object.keys(rules)
      .filter((name) => name !== 'muster')
      .map((name) => [name, of(name)]),
  )
}

// What policies that are put together say together about everything but order and score: each of them may refuse, claim and
// hear, so nothing that one of them promises is lost by putting it beside another.
import type { Claim, Policy } from '@muster/core'

/** The points of several policies as one: all have to admit and permit, all claims are held, all of them hear. */
export function sharedPoints(policies: readonly Policy[]): Omit<Policy, 'name' | 'key' | 'score' | 'forRun'> {
  const laned = policies.find((policy) => policy.lane !== undefined)
  const rekeyEveryMs = Math.min(...policies.map((policy) => policy.rekeyEveryMs ?? Infinity))
  const has = (point: 'admit' | 'claims' | 'permit' | 'passedOver' | 'preempts' | 'observe'): boolean =>
    policies.some((policy) => policy[point] !== undefined)
  const firstOf = <Answer>(ask: (policy: Policy) => Answer | undefined): Answer | undefined => {
    for (const policy of policies) {
      const answer = ask(policy)
      if (answer !== undefined) return answer
    }
    return undefined
  }
  return {
    reads: [...new Set(policies.flatMap(({ reads = [] }) => reads))],
    ...(rekeyEveryMs === Infinity ? {} : { rekeyEveryMs }),
    // A point that nobody implements is not there: asking about every worker costs time.
    ...(has('admit') ? { admit: (task, worker) => firstOf((policy) => policy.admit?.(task, worker)) } : {}),
    ...(has('permit') ? { permit: (task, worker) => firstOf((policy) => policy.permit?.(task, worker)) } : {}),
    ...(has('preempts') ? { preempts: (question) => firstOf((policy) => policy.preempts?.(question)) } : {}),
    ...(has('claims')
      ? {
          claims: (task, worker): readonly Claim[] => policies.flatMap((policy) => policy.claims?.(task, worker) ?? []),
        }
      : {}),
    ...(has('passedOver')
      ? {
          passedOver: (task) => {
            for (const policy of policies) policy.passedOver?.(task)
          },
        }
      : {}),
    ...(has('observe')
      ? {
          observe: (happening) => {
            const lanes = new Set<string>()
            for (const policy of policies) for (const lane of policy.observe?.(happening) ?? []) lanes.add(lane)
            return lanes.size === 0 ? undefined : [...lanes]
          },
        }
      : {}),
    ...(laned === undefined
      ? {}
      : { lane: (task) => laned.lane?.(task) ?? '', laneKey: (lane) => laned.laneKey?.(lane) ?? 0 }),
  }
}

/** A policy as it starts into a run. */
export function freshly(policy: Policy): Policy {
  return policy.forRun?.() ?? policy
}

/** A key as a list of numbers. */
export function keyOf(policy: Policy, ...[task]: Parameters<Policy['key']>): readonly number[] {
  const key = policy.key(task)
  return typeof key === 'number' ? [key] : key
}

// Says from whom each task takes over what it needs, so that a schedule can be kept to without a clock ("partial-order
// schedule by chaining", Policella et al. 2007): whoever waits for these always finds room. A task that ends early lets its
// followers begin early, one that takes long delays only those that wait for it.
import type { PlanProblem, Schedule } from './plan-problem.ts'
import { endsOf } from './rehearse.ts'

/** An amount that somebody gives back. */
interface Share {
  amount: number
  readonly from: number
  readonly freeMs: number
}

/** Fractions need not add up to the last digit, nor moments that were reckoned from the other end. */
const rounding = 1e-9

/** By node: the nodes from which it takes over, dependencies left out. `order` has all nodes by their start. */
export function chainSchedule(
  problem: PlanProblem,
  schedule: Schedule,
  order: readonly number[],
): readonly (readonly number[])[] {
  const { demands, resources, ledgers, leaders, capacity, ledgerLimits } = problem
  const ends = endsOf(problem, schedule)
  const pools = [...capacity, ...ledgerLimits].map((amount): Share[] => [{ amount, from: -1, freeMs: 0 }])
  const slackMs = rounding * schedule.makespanMs
  return order.reduce<number[][]>(
    (after, node) => {
      const worker = schedule.workers[node] ?? -1
      if (worker < 0) return after
      const known = new Set(leaders.packed.subarray(leaders.starts[node], leaders.starts[node + 1]))
      const chosen = new Set<number>()
      const take = (column: number, amount: number): void => {
        const pool = pools[column] ?? []
        const byMs = (schedule.startsMs[node] ?? 0) + slackMs
        for (const from of takeFrom(pool, {
          amount,
          byMs,
          preferred: (other) => known.has(other) || chosen.has(other),
        }))
          if (from >= 0 && !known.has(from)) chosen.add(from)
        pool.push({ amount, from: node, freeMs: ends[node] ?? 0 })
      }
      for (let at = demands.starts[node] ?? 0; at < (demands.starts[node + 1] ?? 0); at++)
        take(worker * resources + (demands.packed[at] ?? 0), demands.amounts[at] ?? 0)
      for (let at = ledgers.starts[node] ?? 0; at < (ledgers.starts[node + 1] ?? 0); at++)
        take(capacity.length + (ledgers.packed[at] ?? 0), 1)
      after[node] = [...chosen]
      return after
    },
    Array.from({ length: problem.nodes }, () => []),
  )
}

interface Wish {
  readonly amount: number
  readonly byMs: number
  readonly preferred: (from: number) => boolean
}

/** Takes an amount out of a pool, from the fewest: first from nobody, then from those that are waited for anyway. */
function takeFrom(pool: Share[], { amount, byMs, preferred }: Wish): readonly number[] {
  const cost = ({ from }: Share): number => (from < 0 ? 0 : preferred(from) ? 1 : 2)
  const free = pool.filter(({ freeMs }) => freeMs <= byMs).sort((a, b) => cost(a) - cost(b) || b.amount - a.amount)
  const from: number[] = []
  let left = amount
  for (const share of free) {
    if (left <= rounding) break
    const taken = Math.min(left, share.amount)
    share.amount -= taken
    left -= taken
    from.push(share.from)
  }
  for (let at = pool.length - 1; at >= 0; at--) if ((pool[at]?.amount ?? 0) <= rounding) pool.splice(at, 1)
  return from
}

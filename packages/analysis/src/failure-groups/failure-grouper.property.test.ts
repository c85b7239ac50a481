import type { FailureCategory, FailureGroups } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFailureGrouper, type FailureGrouper } from './failure-grouper.ts'
import type { FailureOccurrence } from './failure-occurrence.ts'

/** Causes that must stay apart, each with what varies in its message from one occurrence to the next. */
interface PlantedCause {
  readonly category: FailureCategory
  readonly errorName?: string
  readonly code?: string
  readonly say: (vary: Vary) => string
}

interface Vary {
  readonly id: string
  readonly hex: string
  readonly ip: string
  readonly path: string
  readonly time: string
  readonly n: number
}

const causes: readonly PlantedCause[] = [
  { category: 'network', code: 'refused', say: ({ ip }) => `connect ECONNREFUSED ${ip}:5432` },
  { category: 'network', code: 'refused', say: ({ ip }) => `connect ECONNREFUSED ${ip}:6379` },
  { category: 'network', code: 'dns', say: ({ time }) => `getaddrinfo EAI_AGAIN registry.internal after ${time}` },
  { category: 'exception', errorName: 'TypeError', say: ({ id }) => `job ${id} has no ledger attached` },
  { category: 'exception', errorName: 'RangeError', say: ({ id }) => `job ${id} has no ledger attached` },
  { category: 'exception', errorName: 'Error', say: ({ path }) => `relation "users" does not exist near ${path}` },
  { category: 'exception', errorName: 'Error', say: ({ path }) => `relation "orders" does not exist near ${path}` },
  { category: 'resource', code: 'memory', say: ({ hex, n }) => `cannot allocate ${n} bytes at ${hex}` },
  { category: 'resource', code: 'disk', say: ({ path }) => `no space left on device, write ${path}` },
  { category: 'timeout', say: ({ time, path }) => `gateway did not answer ${path} within ${time}` },
  { category: 'data-parse', errorName: 'SyntaxError', say: ({ n }) => `manifest entry ${n} lacks its digest` },
]

const vary: fc.Arbitrary<Vary> = fc.record({
  id: fc.oneof(
    fc.uuid(),
    fc.ulid(),
    fc.nat(1e9).map((n) => `job-${n}-x${n}`),
  ),
  hex: fc.nat(2 ** 31 - 1).map((n) => `0x${n.toString(16)}`),
  ip: fc.ipV4(),
  path: fc
    .array(fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/), { minLength: 2, maxLength: 5 })
    .map((parts) => `/${parts.join('/')}.sock`),
  time: fc
    .tuple(fc.double({ min: 0, max: 9e4, noNaN: true }), fc.constantFrom('ms', 's', ' seconds', 'm'))
    .map(([amount, unit]) => `${amount.toFixed(1)}${unit}`),
  n: fc.nat(),
})

const occurrence = fc
  .record({
    cause: fc.nat(causes.length - 1),
    vary,
    task: fc.nat(30),
    worker: fc.nat(4),
    atMs: fc.option(fc.nat(1000), { nil: undefined }),
  })
  .map(({ cause, vary, task, worker, atMs }): { readonly cause: number; readonly seen: FailureOccurrence } => {
    const { say, ...facts } = causes[cause] ?? { category: 'unknown', say: () => '' }
    return { cause, seen: { task: `t${task}`, worker: `w${worker}`, atMs, failure: { ...facts, message: say(vary) } } }
  })
const occurrences = fc.array(occurrence, { maxLength: 120 })

type Make = () => FailureGrouper

function groupAll(make: Make, seen: readonly { readonly seen: FailureOccurrence }[]): FailureGroups {
  const grouper = make()
  for (const each of seen) grouper.add(each.seen)
  return grouper.groups()
}

function oneGroupACause(make: Make): void {
  fc.assert(
    fc.property(occurrences, (all) => {
      const { failures, groups } = groupAll(make, all)
      expect(failures).toBe(all.length)
      const slow = new Map<number, number>()
      for (const { cause } of all) slow.set(cause, (slow.get(cause) ?? 0) + 1)
      expect(groups.map((group) => group.failures).sort()).toEqual([...slow.values()].sort())
    }),
  )
}

function orderDoesNotMatter(make: Make): void {
  const twice = occurrences.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
  )
  fc.assert(
    fc.property(twice, ([all, shuffled]) => {
      expect(groupAll(make, shuffled)).toEqual(groupAll(make, all))
    }),
  )
}

function mergingIsTheWhole(make: Make): void {
  fc.assert(
    fc.property(occurrences, fc.nat(120), (all, cut) => {
      const [whole, a, b] = [make(), make(), make()]
      for (const { seen } of all) whole.add(seen)
      for (const { seen } of all.slice(0, cut)) a.add(seen)
      for (const { seen } of all.slice(cut)) b.add(seen)
      a.merge(b)
      expect(a.groups()).toEqual(whole.groups())
    }),
  )
}

function memoryIsBounded(make: (maxTemplates: number) => FailureGrouper): void {
  // Words without digits: no mask hides them.
  const word = fc.stringMatching(/^[a-z]{4,9}$/)
  const distinct = fc.array(
    fc
      .tuple(word, word, word, fc.constantFrom<FailureCategory>('network', 'environment', 'configuration'))
      .map(([a, b, c, category]): FailureOccurrence => ({
        task: 't',
        failure: { category, message: `${a} ${b} ${c}` },
      })),
    { maxLength: 200 },
  )
  fc.assert(
    fc.property(distinct, fc.integer({ min: 1, max: 20 }), (all, maxTemplates) => {
      const grouper = make(maxTemplates)
      for (const seen of all) grouper.add(seen)
      expect(grouper.tallies().size).toBeLessThanOrEqual(maxTemplates + 3)
      // What does not fit is still counted.
      expect(grouper.groups().failures).toBe(all.length)
    }),
  )
}

/** A grouper that sees each failure through `change`. */
function seenThrough(change: (occurrence: FailureOccurrence) => FailureOccurrence): Make {
  return () => {
    const grouper = createFailureGrouper()
    return {
      ...grouper,
      add: (each) => {
        grouper.add(change(each))
      },
    }
  }
}

test('every cause is one group, whatever ids, addresses, paths and durations its messages hold', () => {
  oneGroupACause(createFailureGrouper)
})

test('failures may come in any order', () => {
  orderDoesNotMatter(createFailureGrouper)
})

test('groupers that were kept apart merge to what one would be', () => {
  mergingIsTheWhole(createFailureGrouper)
})

test('templates are bounded, and what does not fit is counted all the same', () => {
  memoryIsBounded((maxTemplates) => createFailureGrouper({ maxTemplates }))
})

test.each<readonly [string, () => void]>([
  [
    'exception types are forgotten',
    () => {
      oneGroupACause(seenThrough((each) => ({ ...each, failure: { ...each.failure, errorName: undefined } })))
    },
  ],
  [
    'letters of a message are upper case on one worker',
    () => {
      oneGroupACause(
        seenThrough((each) =>
          each.worker === 'w1'
            ? { ...each, failure: { ...each.failure, message: each.failure.message.toUpperCase() } }
            : each,
        ),
      )
    },
  ],
  [
    'the task is part of the message',
    () => {
      oneGroupACause(
        seenThrough((each) => ({
          ...each,
          failure: {
            ...each.failure,
            message: `${each.task.replace(/\d+/, (n) => 'x'.repeat(Number(n)))} ${each.failure.message}`,
          },
        })),
      )
    },
  ],
  [
    'the port of a service is masked',
    () => {
      oneGroupACause(
        seenThrough((each) => ({
          ...each,
          failure: { ...each.failure, message: each.failure.message.replace(/:(?:5432|6379)/, ':40000') },
        })),
      )
    },
  ],
  [
    'the last failure is the example',
    () => {
      orderDoesNotMatter(() => {
        const grouper = createFailureGrouper()
        let last: FailureOccurrence | undefined
        return {
          ...grouper,
          add: (each) => {
            last = each
            grouper.add(each)
          },
          groups: () => {
            const all = grouper.groups()
            const example = { task: last?.task ?? '', message: last?.failure.message ?? '' }
            return { ...all, groups: all.groups.map((group) => ({ ...group, example })) }
          },
        }
      })
    },
  ],
  [
    'a merge forgets what both have',
    () => {
      mergingIsTheWhole(() => {
        const grouper = createFailureGrouper()
        return {
          ...grouper,
          merge: (other) => {
            const known = new Set(grouper.tallies().keys())
            const news = new Map([...other.tallies()].filter(([key]) => !known.has(key)))
            grouper.merge({ ...other, tallies: () => news })
          },
        }
      })
    },
  ],
  [
    'templates are kept without a bound',
    () => {
      memoryIsBounded(() => createFailureGrouper({ maxTemplates: 1000 }))
    },
  ],
])('planted fault: %s', (_, law) => {
  const usual = fc.readConfigureGlobal()
  fc.configureGlobal({ ...usual, numRuns: 500 })
  try {
    expect(law).toThrow()
  } finally {
    fc.configureGlobal(usual)
  }
})

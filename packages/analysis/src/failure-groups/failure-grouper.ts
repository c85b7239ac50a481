// Groups failures as they come, in memory that grows with causes and tests and never with failures. What is counted does not
// depend on the order; only once `maxTemplates` is passed does it matter which templates came first: later ones are counted
// under what they share with others of their kind, in a group of kind `rest`.
import { parseOptions, type FailureGroups } from '@muster/core'
import { z } from 'zod'
import { type Cause, createCauseReader } from './cause-of.ts'
import { causeKey } from './cause-key.ts'
import type { FailureOccurrence } from './failure-occurrence.ts'
import { addTally, type CauseTally, emptyTally, type FollowedTally, tallyFailure } from './group-tally.ts'
import { groupsOf, restToken } from './groups-of.ts'
import type { KnownFailures } from './known-failures.ts'

/** How much a grouper may remember. */
export interface FailureGrouperOptions {
  /** Distinct templates of messages that are told apart. @defaultValue `25_000` */
  readonly maxTemplates?: number | undefined
  /**
   * Workers on which something passed. A worker is to blame only where another one did better, so with a single worker none is.
   * @defaultValue unknown, and taken to be several
   */
  readonly passedOn?: readonly string[] | undefined
}

interface ResolvedOptions {
  readonly maxTemplates: number
  readonly passedOn?: readonly string[] | undefined
}

const grouperOptions: z.ZodType<ResolvedOptions, FailureGrouperOptions> = z.strictObject({
  maxTemplates: z.number().int().min(1).max(10_000_000).default(25_000),
  passedOn: z.array(z.string()).readonly().optional(),
})

/** Kinds of failures beyond the templates that are still told apart; a kind is a category with code and exception type. */
const restKinds = 500

/** Takes failures in and gives groups out, at any time. */
export interface FailureGrouper {
  /** Counts one failure. */
  add(occurrence: FailureOccurrence): void
  /** Adds what another grouper has counted, which must not have counted the same failures. */
  merge(other: FailureGrouper): void
  /** The groups as of now; what `known` says of the past becomes their standing. */
  groups(known?: KnownFailures): FailureGroups
  /** What has been counted, by cause; a copy for merging. */
  tallies(): ReadonlyMap<string, CauseTally>
}

/**
 * A grouper that has seen nothing yet.
 *
 * @example
 * ```ts
 * const grouper = createFailureGrouper()
 * grouper.add({ task: 'login', failure: { category: 'network', message: 'connect ECONNREFUSED 10.0.0.7:5432' } })
 * grouper.add({ task: 'cart', failure: { category: 'network', message: 'connect ECONNREFUSED 10.0.0.9:5432' } })
 * grouper.groups().sentence // => '2 failures, 1 cause.'
 * ```
 */
export function createFailureGrouper(options: FailureGrouperOptions = {}): FailureGrouper {
  const { maxTemplates, passedOn } = parseOptions(grouperOptions, options, 'createFailureGrouper')
  const causes = new Map<string, CauseTally>()
  const causeOf = createCauseReader()
  let rest = 0

  const tallyOf = (cause: Cause): CauseTally => {
    const key = causeKey(cause)
    const known = causes.get(key)
    if (known !== undefined) return known
    if (causes.size - rest < maxTemplates || isRest(cause)) {
      const fresh: CauseTally = { cause, own: emptyTally(), followed: new Map() }
      if (isRest(cause)) rest += 1
      causes.set(key, fresh)
      return fresh
    }
    const [category = '', code = '', errorName = ''] = cause.family.split('\0')
    const kind = { family: [category, code, errorName, '', ''].join('\0'), tokens: [restToken] }
    const isRoom = rest < restKinds || causes.has(causeKey(kind))
    return tallyOf(isRoom ? kind : { family: [category, '', '', '', ''].join('\0'), tokens: [restToken] })
  }

  const followedOf = (tally: CauseTally, kind: FollowedTally['kind'], key: string): FollowedTally => {
    const id = `${kind}\0${key}`
    const known = tally.followed.get(id)
    if (known !== undefined) return known
    const fresh: FollowedTally = { kind, key, tally: emptyTally() }
    tally.followed.set(id, fresh)
    return fresh
  }

  return {
    add: (occurrence) => {
      const tally = tallyOf(causeOf(occurrence))
      const { after } = occurrence
      // What a group shows is its own failure: the one before it would be kept alive for nothing.
      const counted = after === undefined ? occurrence : { ...occurrence, after: undefined }
      if (after === undefined) tallyFailure(tally.own, counted)
      else if (after.kind === 'worker') tallyFailure(followedOf(tally, 'worker', after.worker).tally, counted)
      else {
        const fault = causeKey(causeOf(after.occurrence))
        if (fault === causeKey(tally.cause)) tallyFailure(tally.own, counted)
        else tallyFailure(followedOf(tally, 'fault', fault).tally, counted)
      }
    },
    merge: (other) => {
      for (const { cause, own, followed } of other.tallies().values()) {
        const tally = tallyOf(cause)
        addTally(tally.own, own)
        for (const { kind, key, tally: counted } of followed.values()) {
          const target =
            kind === 'fault' && key === causeKey(tally.cause) ? tally.own : followedOf(tally, kind, key).tally
          addTally(target, counted)
        }
      }
    },
    groups: (known) => groupsOf([...causes.values()], { known, passedOn }),
    tallies: () => causes,
  }
}

function isRest({ tokens }: Cause): boolean {
  return tokens.length === 1 && tokens[0] === restToken
}

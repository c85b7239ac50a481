// What may be asked for: who counts how much, who may hold how much, who may borrow and lend. Parsed once, with every
// problem named; the two halves go together, since one order among owners has to serve both.
import { MusterError, parseOptions } from '@muster/core'
import { z } from 'zod'
import { ownerAbove, wrongOwner } from './owner-path.ts'

/** Use is shared by what owners have used. */
export interface FairShareOptions {
  /**
   * How much an owner counts beside others of the same level, by its name: `{ mobile: 2, 'mobile/ann': 3 }`.
   * @defaultValue `1` each; with quotas their nominal shares
   */
  readonly weights?: Readonly<Record<string, number>> | undefined
  /**
   * Milliseconds after which what was used counts half. `0` remembers nothing and looks at what is held alone, as the textbook's
   * dominant-resource fairness does. @defaultValue `3_600_000`, an hour
   */
  readonly halfLifeMs?: number | undefined
  /** Most that an owner may hold of its dominant resource at a time, above 0 up to 1. @defaultValue no limit */
  readonly limits?: Readonly<Record<string, number>> | undefined
}

/** What one owner is promised, and how far it may go beyond. */
export interface QuotaShare {
  /** Its share of everything, or of what the owner above it has; 0 to 1. */
  readonly nominal: number
  /** How much more it may hold while others leave theirs, in shares of its own: `1` is as much again. @defaultValue no limit */
  readonly borrowing?: number | undefined
  /** How much of its own others may use while it does not; 0 to 1. @defaultValue `1`, all of it */
  readonly lending?: number | undefined
}

/** Owners are promised shares, and lend one another what they do not use. */
export interface QuotaOptions {
  /** By owner. Those of one level add up to 1 at most; who is not named may use what is left. */
  readonly shares: Readonly<Record<string, QuotaShare>>
  /** Whether somebody who was promised a place takes it back from who borrowed it. @defaultValue `true` */
  readonly reclaim?: boolean | undefined
  /** Milliseconds after which half of a debt is forgotten. @defaultValue `3_600_000`, an hour */
  readonly debtHalfLifeMs?: number | undefined
  /** Shares follow what is really used. @defaultValue they stay */
  readonly adjust?: AdjustOptions | undefined
}

/** How shares follow use. */
export interface AdjustOptions {
  /** Milliseconds between two adjustments. */
  readonly everyMs: number
  /** How far a share may move from what was promised, as a part of that: `0.2` from 30 % to 24 % or 36 %. @defaultValue `0.2` */
  readonly most?: number | undefined
}

/** Shares of owners: fair by use, promised, or both. */
export interface OwnerShareOptions {
  readonly fairShare?: FairShareOptions | undefined
  readonly quotas?: QuotaOptions | undefined
}

/** {@link QuotaShare} with its defaults; what is not limited is `Infinity`. */
export type ReadShare = { readonly [Key in keyof QuotaShare]-?: number }

/** {@link OwnerShareOptions} as they are kept to. */
export interface ReadShareOptions {
  readonly weights: ReadonlyMap<string, number>
  readonly limits: ReadonlyMap<string, number>
  readonly shares: ReadonlyMap<string, ReadShare>
  readonly halfLifeMs: number
  readonly debtHalfLifeMs: number
  readonly reclaim: boolean
  readonly adjust: { readonly everyMs: number; readonly most: number } | undefined
}

const hourMs = 3_600_000
const positive = z.number().positive()
const part = z.number().min(0).max(1)

const fairShareOptions: z.ZodType<FairShareOptions, FairShareOptions> = z.strictObject({
  weights: z.record(z.string(), positive).optional(),
  halfLifeMs: z.number().min(0).optional(),
  limits: z.record(z.string(), positive.max(1)).optional(),
})

const quotaOptions: z.ZodType<QuotaOptions, QuotaOptions> = z.strictObject({
  shares: z.record(
    z.string(),
    z.strictObject({ nominal: part, borrowing: z.number().min(0).optional(), lending: part.optional() }),
  ),
  reclaim: z.boolean().optional(),
  debtHalfLifeMs: positive.optional(),
  adjust: z.strictObject({ everyMs: positive, most: part.optional() }).optional(),
})

/** The schema of {@link OwnerShareOptions}, for configurations. */
export const ownerShareOptions: z.ZodType<OwnerShareOptions, OwnerShareOptions> = z.strictObject({
  fairShare: fairShareOptions.optional(),
  quotas: quotaOptions.optional(),
})

/** Reads what was asked for; throws `OPTIONS_INVALID` with every problem by name. */
export function readShareOptions(given: OwnerShareOptions): ReadShareOptions {
  const { fairShare = {}, quotas } = parseOptions(ownerShareOptions, given, 'scheduling')
  const { weights = {}, halfLifeMs = hourMs, limits = {} } = fairShare
  const { shares = {}, reclaim = true, debtHalfLifeMs = hourMs, adjust } = quotas ?? {}
  const problems = [
    ...Object.keys(weights).flatMap((owner) => problemOf('fairShare.weights', owner)),
    ...Object.keys(limits).flatMap((owner) => problemOf('fairShare.limits', owner)),
    ...Object.keys(shares).flatMap((owner) => problemOf('quotas.shares', owner)),
    ...Object.keys(shares).flatMap((owner) => unknownAbove(shares, owner)),
    ...sumProblems(shares),
  ]
  if (problems.length > 0) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'shares of owners that add up to 1 at most on every level, each owner under one that is named',
      got: problems.join('; '),
      remedy: 'Correct what is named. Owners are written from the widest to the narrowest: team/project/user.',
    })
  }
  return {
    weights: new Map(Object.entries(weights)),
    limits: new Map(Object.entries(limits)),
    shares: new Map(
      Object.entries(shares).map(([owner, { nominal, borrowing = Infinity, lending = 1 }]) => [
        owner,
        { nominal, borrowing, lending },
      ]),
    ),
    halfLifeMs,
    debtHalfLifeMs,
    reclaim,
    adjust: adjust === undefined ? undefined : { everyMs: adjust.everyMs, most: adjust.most ?? 0.2 },
  }
}

function problemOf(where: string, owner: string): readonly string[] {
  const wrong = wrongOwner(owner)
  return wrong === undefined ? [] : [`${where}: ${wrong}`]
}

function unknownAbove(shares: Readonly<Record<string, QuotaShare>>, owner: string): readonly string[] {
  const above = ownerAbove(owner)
  return above === undefined || Object.hasOwn(shares, above)
    ? []
    : [`quotas.shares: ${owner} has a share of ${above}, which has none`]
}

/** Levels on which more is promised than there is. */
function sumProblems(shares: Readonly<Record<string, QuotaShare>>): readonly string[] {
  const levels = new Map<string, { readonly owner: string; readonly nominal: number }[]>()
  for (const [owner, { nominal }] of Object.entries(shares)) {
    const level = levels.get(ownerAbove(owner) ?? '')
    if (level === undefined) levels.set(ownerAbove(owner) ?? '', [{ owner, nominal }])
    else level.push({ owner, nominal })
  }
  return [...levels].flatMap(([above, level]) => {
    const sum = level.reduce((total, { nominal }) => total + nominal, 0)
    if (sum <= 1 + 1e-9) return []
    const parts = level.map(({ owner, nominal }) => `${owner} ${nominal}`).join(', ')
    return [`quotas.shares: ${above === '' ? 'the owners' : `those of ${above}`} add up to ${round(sum)} (${parts})`]
  })
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

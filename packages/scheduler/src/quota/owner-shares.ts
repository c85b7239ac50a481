// Owners share what there is: fairly by what each has used, by promises, or both. One plugin for both, since lanes have one
// order.
import { definePlugin, type Plugin } from '../pipeline/plugin.ts'
import {
  type FairShareOptions,
  type OwnerShareOptions,
  type QuotaOptions,
  type ReadShareOptions,
  readShareOptions,
} from './share-options.ts'
import { type ShareListeners, ShareSession } from './share-session.ts'

/**
 * Shares of owners as a plugin. Tasks say whose they are by `owner`, names parted by `/`.
 *
 * Throws `OPTIONS_INVALID` where shares add up to more than there is, or an owner is within itself or under nobody.
 *
 * @example
 * ```ts
 * const policy = createPolicy(fifo(), [ownerShares({ fairShare: {}, quotas: { shares: { web: { nominal: 0.5 } } } })])
 * policy.name // => 'fifo with quotas'
 * ```
 */
export function ownerShares(options: OwnerShareOptions, listeners: ShareListeners = {}): Plugin {
  return pluginOf(readShareOptions(options), options.quotas === undefined ? 'fair-share' : 'quotas', listeners)
}

/**
 * Dominant-resource fairness (Ghodsi et al. 2011) over owners, by what each used in the time that is not forgotten: whoever used
 * least of what it uses most goes first.
 *
 * *When to use*: several teams share workers, and one of them may submit a hundred times as much as the others.
 *
 * @example
 * ```ts
 * createPolicy(longestFirst(), [fairShare({ weights: { release: 3 } })]).name // => 'longest-first with fair-share'
 * ```
 */
export function fairShare(options: FairShareOptions = {}, listeners: ShareListeners = {}): Plugin {
  return ownerShares({ fairShare: options }, listeners)
}

/**
 * Owners are promised shares. What one does not use others borrow, within limits; it comes back when attempts end, or at
 * once where `reclaim` says so.
 *
 * @example
 * ```ts
 * const plugin = quotas({ shares: { web: { nominal: 0.5, borrowing: 1, lending: 0.5 }, api: { nominal: 0.5 } } })
 * createPolicy(fifo(), [plugin]).name // => 'fifo with quotas'
 * ```
 */
export function quotas(options: QuotaOptions, listeners: ShareListeners = {}): Plugin {
  return ownerShares({ quotas: options }, listeners)
}

function pluginOf(options: ReadShareOptions, name: string, listeners: ShareListeners): Plugin {
  const session = new ShareSession(options, listeners)
  return definePlugin({
    name,
    reads: ['task', 'ledger', 'history'],
    lane: ({ task }) => session.lane(task),
    laneKey: (lane) => session.laneKey(lane),
    observe: (happening) => session.observe(happening),
    ...(options.shares.size > 0 && options.reclaim ? { preempts: (question) => session.preempts(question) } : {}),
    forRun: () => pluginOf(options, name, listeners),
  })
}

// What the store and its database thread say to each other. Several messages travel as one list, since each crossing has
// its price; texts cross as strings, which costs least.
import type { HistoryGuard, HistoryRecord, RunRecord } from '@muster/core'
import type { StoreFailure } from './store-failure.ts'

/** What the thread is given when it starts. */
export interface ThreadSettings {
  readonly path: string
  readonly busyTimeoutMs: number
  readonly maxBytes: number
}

/** One commit; `number` counts all appends of the store. */
export interface AppendRequest {
  readonly kind: 'append'
  readonly number: number
  readonly writer: number
  readonly seq: number
  readonly bytes: string
  readonly details: readonly { readonly name: string; readonly text: string }[] | undefined
  readonly status: RunRecord['status'] | undefined
}

/** Something that gets an answer of its own. */
export type ThreadCall =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'create-run'; readonly run: string; readonly name: string; readonly createdAtWallMs: number }
  | {
      readonly kind: 'open-journal'
      readonly run: string
      readonly owner: string
      readonly leaseMs: number
      readonly takeOver: boolean
    }
  | { readonly kind: 'heartbeat'; readonly writer: number }
  | { readonly kind: 'close-journal'; readonly writer: number }
  | { readonly kind: 'delete-runs'; readonly runs: readonly string[] }
  | {
      readonly kind: 'fold-history'
      readonly run: string
      readonly records: readonly HistoryRecord[]
      readonly guard: HistoryGuard | undefined
    }
  | { readonly kind: 'close' }

/** What the store sends. */
export type ThreadRequest = AppendRequest | { readonly kind: 'call'; readonly id: number; readonly call: ThreadCall }

/** How a call ended. */
export type ThreadResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'said'; readonly yes: boolean }
  | { readonly kind: 'counted'; readonly count: number }
  | { readonly kind: 'opened'; readonly writer: number; readonly epoch: number; readonly lastSeq: number }
  | { readonly kind: 'failed'; readonly failure: StoreFailure }

/** What the thread sends back. Appends are answered in order; those refused are named before the rest is called stored. */
export type ThreadAnswer =
  | { readonly kind: 'refused'; readonly number: number; readonly failure: StoreFailure }
  | { readonly kind: 'stored'; readonly through: number }
  | { readonly kind: 'answered'; readonly id: number; readonly result: ThreadResult }

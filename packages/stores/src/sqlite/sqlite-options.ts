// What a caller can choose of the SQLite store. Durability is not among it: what was acknowledged is kept.
import type { Resolved } from '@muster/core'
import { z } from 'zod'

/** Options of the SQLite store. */
export interface SqliteOptions {
  /** The database file. It is made, with its folder, by the first write; reading makes nothing. */
  readonly path: string
  /** How long a call waits for another program that holds the database, in milliseconds. @defaultValue `5_000` */
  readonly busyTimeoutMs?: number | undefined
  /**
   * Size in bytes beyond which the file is not to grow; a write that needs more is refused with `STORE_FULL`.
   * @defaultValue no limit but the disk's
   */
  readonly maxBytes?: number | undefined
}

/** The schema of {@link SqliteOptions}. */
export const sqliteOptions: z.ZodType<Resolved<SqliteOptions>, SqliteOptions> = z.strictObject({
  path: z
    .string()
    .min(1)
    .refine((path) => !path.includes('\0'), 'expected a path without a zero character')
    .refine((path) => path !== ':memory:', 'expected a file; use memoryStore() of @muster/core for a store in memory'),
  busyTimeoutMs: z.number().int().min(0).max(3_600_000).default(5000),
  maxBytes: z
    .number()
    .int()
    .min(1 << 16)
    .default(Number.MAX_SAFE_INTEGER),
})

// Which breakers a run keeps, and how each kind of them behaves. What a worker's breaker holds is another worker's gain; what
// a resource's holds waits, so its defaults are as forgiving as they can be without burning attempts on what is down.
import { z } from 'zod'
import type { Resolved } from '../options/resolved.ts'
import { type BreakerOptions, breakerSchema } from './breaker-options.ts'

/** What a breaker of a run may watch. */
export type BreakerScope = 'worker' | 'host' | 'resource' | 'category'

/** Circuit breakers of a run; `false` or `null` turns a kind of them off. */
export interface BreakersOptions {
  /** One for each worker: it is given nothing while others can run the tasks. @defaultValue 5 failures of 20, at least half */
  readonly worker?: BreakerOptions | false | null | undefined
  /** One for each host: none of its workers is given anything. @defaultValue 10 failures of 20, at least half */
  readonly host?: BreakerOptions | false | null | undefined
  /**
   * One for each name in `needs.uses`, and each resource of `needs.resources` but `slots`, `cpu` and `memory`: tasks that name
   * it are not started. @defaultValue 5 failures of 20, at least half
   */
  readonly resource?: BreakerOptions | false | null | undefined
  /**
   * One for each category of failure that may pass: tasks whose last attempt failed so are not tried again meanwhile.
   * @defaultValue 20 failures of 40, at least half; holds up for 30 s in all
   */
  readonly category?: BreakerOptions | false | null | undefined
}

/** {@link BreakersOptions} with every default filled in; `null` is off. */
export type ResolvedBreakers = Readonly<Record<BreakerScope, Resolved<BreakerOptions> | null>>

/** The schema of {@link BreakersOptions}; `false` turns all of them off. */
export const breakersOptions: z.ZodType<ResolvedBreakers, BreakersOptions | false> = z
  .union([z.literal(false), scopes()])
  .transform((given) => (given === false ? { worker: null, host: null, resource: null, category: null } : given))

function scopes(): z.ZodType<ResolvedBreakers, BreakersOptions> {
  return z.strictObject({
    worker: scope({}),
    host: scope({ failures: 10 }),
    resource: scope({}),
    category: scope({ failures: 20, window: 40, maxHeldMs: 30_000 }),
  })
}

type Given = BreakerOptions | false | null | undefined

function scope(defaults: Parameters<typeof breakerSchema>[0]): z.ZodType<Resolved<BreakerOptions> | null, Given> {
  const off = z.union([z.literal(false), z.null()]).transform(() => null)
  return z.union([off, breakerSchema(defaults)]).prefault({})
}

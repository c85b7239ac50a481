// What the benchmark tells the coordinator that it is going to kill, and what both know about the witness: one file to
// which bodies and coordinator append a line each, so that the order of lines is the order in which things happened.

/** Moments of the step at which a coordinator can be killed. */
export type KillMoment =
  /** Nobody kills it. */
  | { readonly kind: 'never' }
  /** From outside, so many milliseconds after its process was started: while it opens, attaches, or runs. */
  | { readonly kind: 'from-outside'; readonly afterMs: number }
  /** By itself, so many milliseconds after it heard the `nth` end. */
  | { readonly kind: 'running'; readonly nth: number; readonly afterMs: number }
  /** By itself, right before the commit with the `nth` end is handed to the store. */
  | { readonly kind: 'before-append'; readonly nth: number }
  /** By itself, while the store writes the commit with the `nth` end. */
  | { readonly kind: 'during-append'; readonly nth: number; readonly afterMs: number }
  /** By itself, once the commit with the `nth` end is durable and before anybody hears of it. */
  | { readonly kind: 'in-commit'; readonly nth: number }

/** Everything a coordinator is told. */
export interface CrashOrder {
  readonly folder: string
  /** How many coordinators there were before this one; the first begins the run, the others resume it. */
  readonly owner: number
  readonly tasks: number
  readonly seed: number
  readonly slots: number
  readonly moment: KillMoment
  /** A fault planted on purpose. */
  readonly plant: string | undefined
}

/** The order as a coordinator finds it among its arguments. */
export function readOrder(text: string | undefined): CrashOrder {
  const order: unknown = JSON.parse(text ?? 'null')
  if (isOrder(order)) return order
  throw new Error('Expected the order of the benchmark as the first argument.')
}

function isOrder(value: unknown): value is CrashOrder {
  return typeof value === 'object' && value !== null && 'folder' in value && 'moment' in value
}

/** Id of the one run. */
export const crashRun = 'crash'

/** Environment variable by which every process of one coordinator is known, whatever Muster marks them with. */
export const ownerVariable = 'CRASH_BENCH_OWNER'

/** The value of {@link ownerVariable}. */
export function ownerMark({ folder, owner }: { readonly folder: string; readonly owner: number }): string {
  return `${folder}#${String(owner)}`
}

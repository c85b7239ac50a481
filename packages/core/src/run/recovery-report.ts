// What reports and events say of a rung: why and how, without what only the kernel needs to carry it out.
import type { RecoveryUsed } from '../recovery/recovery-used.ts'
import type { RecoveryTaken } from '../recovery/recovery-used.ts'

/** The field `recovery`, or nothing where no rung was taken. */
export function recoveryReport(taken: RecoveryTaken | undefined): { readonly recovery?: RecoveryUsed } {
  if (taken === undefined) return {}
  const { category, strategy, level, because, helped, uses } = taken
  const known = { ...(helped === undefined ? {} : { helped }), ...(uses === undefined ? {} : { uses }) }
  return { recovery: { category, strategy, level, because, ...known } }
}

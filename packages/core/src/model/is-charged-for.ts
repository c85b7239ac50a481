// Whose failure it was that an attempt ended by decides what it says of its task: a device that broke down says nothing of a test.
import type { FailureCategory } from './failure.ts'

/**
 * Whether an attempt that ended so is charged to its task: what the infrastructure did, or a device, is not. It uses up none of the
 * attempts, and a pass after it is no less of one.
 *
 * @example
 * ```ts
 * isChargedFor('hardware-device') // => false
 * ```
 */
export function isChargedFor(category: FailureCategory | undefined): boolean {
  return category !== 'infrastructure' && category !== 'hardware-device'
}

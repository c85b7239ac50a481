// An orchestrator and each of its runs may set rules for the kernel among their other options. What a run leaves out must not
// overwrite what its orchestrator says, so only what is there is picked.
import type { KernelOptionsInput } from './kernel-options.ts'

/** The rules among the options; what is left out is left to the defaults. */
export function pickKernelOptions(given: KernelOptionsInput): KernelOptionsInput {
  const { retry, timeoutMs, maxFailures, deadlineMs, poisonAfter, maxLosses, waitForWorkerMs } = given
  const { breakers, quarantineAfter } = given
  const losses = { poisonAfter, maxLosses, breakers, quarantineAfter }
  const all = { retry, timeoutMs, maxFailures, deadlineMs, waitForWorkerMs, ...losses }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

// What is tried again where nobody says otherwise, and why. The guide's table is made of this, and so is what a run keeps in
// its journal. It says which failures are worth an attempt; how many attempts there are is for the user to say.
import type { FailureCategory } from '../model/failure.ts'
import type { CategoryRetryOptions, RetryWhen } from './retry-options.ts'

/** What holds for a category by default. */
export interface DefaultRetry {
  readonly rule: CategoryRetryOptions & { readonly when: RetryWhen }
  /** Why, for people. */
  readonly because: string
}

/**
 * What is tried again by default, by category.
 *
 * @example
 * ```ts
 * defaultRetry['permission-auth'].rule.when // => 'never'
 * ```
 */
export const defaultRetry: Readonly<Record<FailureCategory, DefaultRetry>> = {
  infrastructure: {
    rule: { when: 'always', worker: 'other' },
    because: 'the test had no part in it: not charged, and given up after the third time',
  },
  network: {
    rule: { when: 'transient', baseDelayMs: 1000 },
    because: 'the other side may answer in a moment; a certificate that is wrong stays wrong',
  },
  timeout: { rule: { when: 'transient', worker: 'other' }, because: 'another worker may be less busy' },
  resource: {
    rule: { when: 'transient', worker: 'other', reservation: 'larger' },
    because: 'with more of what ran out, or elsewhere, it may pass',
  },
  'hardware-device': {
    rule: { when: 'always', worker: 'other' },
    because: 'another device may be whole: not charged, and given up after the third time',
  },
  'process-crash': {
    rule: { when: 'transient' },
    because: 'crashes are often rare; a sanitizer reports a mistake in the code',
  },
  environment: {
    rule: { when: 'transient', worker: 'other' },
    because: 'a container that did not start may pass; a port that is held and a tool that is missing stay so',
  },
  unknown: {
    rule: { when: 'detect-flakiness' },
    because: 'where nothing was said, one more attempt may tell more; words that nobody knows are mostly of the code',
  },
  assertion: {
    rule: { when: 'detect-flakiness' },
    because: 'it says something of the code: only flakiness can be learnt',
  },
  exception: {
    rule: { when: 'detect-flakiness' },
    because: 'it says something of the code: only flakiness can be learnt',
  },
  'data-parse': { rule: { when: 'detect-flakiness' }, because: 'the data will most likely be as wrong again' },
  'permission-auth': { rule: { when: 'never' }, because: 'nothing changes until somebody grants it' },
  configuration: { rule: { when: 'never' }, because: 'nothing changes until somebody corrects it' },
  'build-dependency': { rule: { when: 'never' }, because: 'the code never got to run; it will not build by itself' },
  cancelled: { rule: { when: 'never' }, because: 'somebody wanted it so' },
}

// What whoever ran an attempt saw by itself: a limit that passed, results that never came. No text has to be read for that, so
// the cause is certain; what it means and what to do about it is written down here, once for every runner.
import type { Failure, FailureCategory, FailureSeverity, Fault } from '../model/failure.ts'
import { makeFailure } from './make-failure.ts'

/** What can be seen without reading a text. */
export type Observation =
  | 'time-limit'
  | 'cancel'
  | 'limit'
  | 'out-of-memory'
  | 'no-test'
  | 'results-missing'
  | 'results-incomplete'
  | 'no-result'
  | 'outside-tests'
  | 'no-reason'
  | 'green-with-red-cases'
  | 'case-not-run-again'

/** What is known of this one. */
export interface ObservedFacts {
  readonly message: string
  /** What was seen, most telling first. */
  readonly evidence: readonly string[]
  /** What tells this cause from others of its category. @defaultValue the message */
  readonly template?: string | undefined
  /** The kind within the category. @defaultValue what the observation means */
  readonly code?: string | undefined
}

interface Meaning {
  readonly category: FailureCategory
  readonly code?: string
  readonly severity: FailureSeverity
  readonly fault?: Fault
  readonly transient?: boolean
  readonly suggestion: string
}

const meanings: Readonly<Record<Observation, Meaning>> = {
  'time-limit': {
    category: 'timeout',
    code: 'test',
    severity: 'low',
    suggestion:
      'Look at what it ran when its time was over: it may wait for what never comes. If it is only slow, raise its limit.',
  },
  cancel: {
    category: 'cancelled',
    code: 'requested',
    severity: 'info',
    suggestion: 'Somebody ended it on purpose. Run it again if that was a mistake.',
  },
  limit: {
    category: 'resource',
    severity: 'medium',
    fault: 'test',
    transient: false,
    suggestion: 'Find what it uses so much for, or raise its limit if it needs it.',
  },
  'out-of-memory': {
    category: 'resource',
    code: 'memory',
    severity: 'high',
    suggestion: 'Give the machine or the container more memory, or run fewer tests at a time.',
  },
  'no-test': {
    category: 'configuration',
    code: 'no-tests',
    severity: 'medium',
    fault: 'test',
    suggestion: 'Add a test to the file, or leave the file out of the selection.',
  },
  'results-missing': {
    category: 'configuration',
    severity: 'high',
    suggestion: 'Check that the command writes the file that `results` names, and writes it anew in every run.',
  },
  'results-incomplete': {
    category: 'data-parse',
    severity: 'medium',
    suggestion: 'The program ended before it had told all of its results. Look at the end of what it printed.',
  },
  'no-result': {
    category: 'unknown',
    severity: 'medium',
    suggestion: 'A test did not wait for what it had started. Await everything that it begins.',
  },
  'outside-tests': {
    category: 'exception',
    severity: 'medium',
    fault: 'test',
    suggestion:
      'It failed outside of every test: look at hooks, at code that runs on import, and at promises that nobody awaits.',
  },
  'no-reason': {
    category: 'unknown',
    severity: 'medium',
    suggestion: 'The runner says that it failed and nothing more. Run it alone, with more output.',
  },
  'green-with-red-cases': {
    category: 'unknown',
    severity: 'medium',
    suggestion: 'Look at the failed case; the executor should call such an attempt failed by itself.',
  },
  'case-not-run-again': {
    category: 'unknown',
    severity: 'medium',
    suggestion:
      "Give the case a name that is the same in every run, or say `scope: 'task'` in its retry: then the whole task runs again.",
  },
}

/**
 * A failure that was seen as it happened, with its rule (`signals/` and what was seen), its certainty and what to do.
 *
 * @example
 * ```ts
 * const { category, rule } = observedFailure('no-test', { message: 'a.test.js holds no test', evidence: [] })
 * console.log(category, rule) // configuration signals/no-test
 * ```
 */
export function observedFailure(observed: Observation, { message, evidence, template, code }: ObservedFacts): Failure {
  return makeFailure({
    ...meanings[observed],
    ...(code === undefined ? {} : { code }),
    message,
    evidence,
    template,
    rule: `signals/${observed}`,
    confidence: meanings[observed].category === 'unknown' ? 0 : 0.99,
  })
}

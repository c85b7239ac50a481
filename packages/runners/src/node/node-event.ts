// What the reporter inside the test's process tells its parent: one line of JSON for each event, written at once, so that
// what happened before a crash is known.

/** An error as far as it crosses the process boundary. */
export interface SentError {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: string | undefined
  /** Present where the error compares two values. */
  readonly expected?: string | undefined
  readonly actual?: string | undefined
  readonly cause?: SentError | undefined
}

/** Where a test stands. */
export interface TestPlace {
  readonly name: string
  readonly nesting: number
  /** Absolute path or `file:` URL of the file that declares it. */
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly column?: number | undefined
  /** Given by Node 24 and newer. */
  readonly id?: number | undefined
  readonly parent?: number | undefined
}

/** One line on the channel. */
export type NodeEvent =
  | ({ readonly kind: 'enqueued' } & TestPlace)
  | ({ readonly kind: 'started' } & TestPlace)
  | ({
      readonly kind: 'completed'
      readonly isSuite: boolean
      readonly passed: boolean
      readonly durationMs: number
      readonly skip?: string | boolean | undefined
      readonly todo?: string | boolean | undefined
      /** How node:test names the kind of failure: `testCodeFailure`, `subtestsFailed`, `testTimeoutFailure`, … */
      readonly failureType?: string | undefined
      /** The hook that threw, where one did: `before`, `after`, `beforeEach`, `afterEach`. */
      readonly hook?: string | undefined
      readonly error?: SentError | undefined
    } & TestPlace)
  /** The file itself failed, outside of every test: in a hook that no suite holds. No test is completed by it. */
  | {
      readonly kind: 'broken'
      readonly line?: number | undefined
      readonly hook?: string | undefined
      readonly failureType?: string | undefined
      readonly error?: SentError | undefined
    }
  | { readonly kind: 'noted'; readonly message: string; readonly nesting: number }
  /** It sends a signal to the process that runs it: what comes after that, nobody hears. */
  | { readonly kind: 'struck' }
  /** Nothing is left to do: it came to its end by itself. */
  | { readonly kind: 'drained' }
  /** The closing record: without it the file did not come to its end. */
  | { readonly kind: 'closed'; readonly success: boolean }

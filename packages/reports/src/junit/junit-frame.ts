// What is open while a JUnit document is read: one frame an element, so that nesting costs no recursion.
import type { SuiteTitle } from './case-identity.ts'

/** A `failure`, `error`, `skipped` or rerun element of a case. */
export interface Mark {
  readonly tag: string
  readonly type: string | undefined
  readonly message: string | undefined
  text: string
}

/** An open `testsuite`. */
export interface SuiteFrame extends SuiteTitle {
  readonly kind: 'suite'
  readonly line: number
  /** Counts as the producer wrote them. */
  readonly tests: number
  readonly failed: number
  /** Counts as found, those of inner suites included. */
  children: number
  foundTests: number
  foundFailed: number
}

/** An open `testcase`. */
export interface CaseFrame {
  readonly kind: 'case'
  readonly line: number
  readonly attributes: Readonly<Record<string, string>>
  readonly marks: Mark[]
}

/** Any open element. */
export type Frame =
  | { readonly kind: 'root' }
  | SuiteFrame
  | CaseFrame
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'stack'; readonly mark: Mark }
  | { readonly kind: 'other' }

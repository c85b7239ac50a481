// What a rule is. Rules are data: the built-in ones stand in tables by domain, users bring their own in the same shape, and
// each carries the examples that show what it is for and what it must never be taken by.
import type { FailureCategory, FailurePhase, FailureSeverity, Fault } from '../../model/failure.ts'

/** Tells the category of a failure from a line of text, an exit code or a code of an error. */
export interface FailureRule {
  /** Unique: `shop/licence-server`. Stands in every failure that it told. */
  readonly id: string
  readonly category: FailureCategory
  /** The kind within the category. */
  readonly code?: string | undefined
  /**
   * Expressions, any of which a line must match. The line comes without colours, timestamps, log levels and indentation.
   * Linear-time ones only; the one flag is `i`.
   */
  readonly pattern?: RegExp | string | readonly (RegExp | string)[] | undefined
  /** Exit codes, any of which tells it without any text. */
  readonly exitCodes?: readonly number[] | undefined
  /** Codes of errors (`ECONNREFUSED`, `ERR_…`), any of which tells it without any text. */
  readonly errorCodes?: readonly string[] | undefined
  /** Whether the same attempt could pass if repeated. @defaultValue what the category suggests */
  readonly transient?: boolean | undefined
  /** @defaultValue what the category suggests */
  readonly fault?: Fault | undefined
  readonly phase?: FailurePhase | undefined
  /** @defaultValue what the category suggests */
  readonly severity?: FailureSeverity | undefined
  /** From 0 to 1. @defaultValue `0.9` */
  readonly confidence?: number | undefined
  /** What the reader can do about it. */
  readonly suggestion?: string | undefined
  /** Lines that the pattern has to match; checked when the rule is taken. */
  readonly matches?: readonly string[] | undefined
  /** Lines that the pattern must not match; checked when the rule is taken. */
  readonly misses?: readonly string[] | undefined
}

/** A rule of ours: with the strength that decides between several causes in one text. */
export interface BuiltInRule extends FailureRule {
  /** Of several rules that match, the strongest tells the category: the most specific cause. */
  readonly strength: number
  readonly pattern: RegExp
  readonly suggestion: string
  readonly matches: readonly string[]
}

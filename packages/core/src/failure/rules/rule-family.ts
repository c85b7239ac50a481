// Rules for one kind of cause share everything but the words by which each tool names it.
import type { FailureCategory, FailurePhase, FailureSeverity, Fault } from '../../model/failure.ts'
import type { BuiltInRule } from './failure-rule.ts'

/** One kind of cause. */
interface RuleFamily {
  readonly category: FailureCategory
  readonly code?: string
  /** Of several causes in one text the strongest is told. */
  readonly strength: number
  readonly suggestion: string
  readonly transient?: boolean
  readonly fault?: Fault
  readonly phase?: FailurePhase
  readonly severity?: FailureSeverity
  readonly confidence?: number
  /** By the last part of the id: the expression, then lines that it is for. */
  readonly rules: Readonly<Record<string, readonly [RegExp, ...string[]]>>
  /** By the last part of the id: lines that look alike and that the expression must pass over. */
  readonly misses?: Readonly<Record<string, readonly string[]>>
}

/** The rules of some kinds of causes, in their order. */
export function rulesOf(families: readonly RuleFamily[]): readonly BuiltInRule[] {
  return families.flatMap(({ rules, misses = {}, ...family }) =>
    Object.entries(rules).map(([name, [pattern, ...matches]]) => ({
      ...family,
      id: [family.category, family.code, name].filter((part) => part !== undefined).join('/'),
      pattern,
      matches,
      ...(misses[name] === undefined ? {} : { misses: misses[name] }),
    })),
  )
}

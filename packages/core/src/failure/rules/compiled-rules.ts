// Rules made ready: patterns compiled, examples tried, and the words by which most rules are passed over without being tried.
import { MusterError } from '../../errors/muster-error.ts'
import { linePattern, type LinePattern } from '../patterns/line-pattern.ts'
import { isFailureCategory } from '../failure-severities.ts'
import type { FailureRule } from './failure-rule.ts'

/** A rule and its patterns, ready to be tried. */
export interface CompiledRule<Rule extends FailureRule = FailureRule> {
  readonly rule: Rule
  readonly patterns: readonly LinePattern[]
}

/** Compiles rules; throws `OPTIONS_INVALID` for a pattern that is not linear-time, for a double id, or where an example says otherwise. */
export function compileRules<Rule extends FailureRule>(rules: readonly Rule[]): readonly CompiledRule<Rule>[] {
  const ids = new Set<string>()
  return rules.map((rule) => {
    checkForm(rule)
    if (ids.has(rule.id)) refuse(`ids of rules to be unique`, `\`${rule.id}\` twice`)
    ids.add(rule.id)
    const compiled = {
      rule,
      patterns: patternsOf(rule).map((pattern) => linePattern(pattern, `the pattern of rule \`${rule.id}\``)),
    }
    checkExamples(compiled)
    return compiled
  })
}

/** Callers without types, and configurations that nobody checked, give anything. */
function checkForm(rule: unknown): void {
  if (typeof rule !== 'object' || rule === null) refuse('a rule to be an object', rule === null ? 'null' : typeof rule)
  const { id, category, confidence, pattern, exitCodes, errorCodes }: Partial<Record<string, unknown>> = { ...rule }
  if (typeof id !== 'string' || id === '')
    refuse('a rule to have an id', typeof id === 'string' ? 'an empty one' : typeof id)
  if (!isFailureCategory(category)) refuse(`rule \`${id}\` to have one of the fifteen categories`, String(category))
  if (confidence !== undefined && !(typeof confidence === 'number' && confidence >= 0 && confidence <= 1))
    refuse(
      `the confidence of rule \`${id}\` to be from 0 to 1`,
      typeof confidence === 'number' ? String(confidence) : typeof confidence,
    )
  if (pattern === undefined && exitCodes === undefined && errorCodes === undefined)
    refuse(`rule \`${id}\` to have a pattern, exit codes or error codes`, 'none of them')
}

/** Whether any pattern of the rule matches the line. */
function matchesLine({ patterns }: CompiledRule, line: string): boolean {
  return patterns.some(({ matches }) => matches(line))
}

function patternsOf({ pattern }: FailureRule): readonly (RegExp | string)[] {
  if (pattern === undefined) return []
  return typeof pattern === 'string' || pattern instanceof RegExp ? [pattern] : pattern
}

function checkExamples(compiled: CompiledRule): void {
  const { id, matches = [], misses = [] } = compiled.rule
  for (const line of matches) {
    if (!matchesLine(compiled, line))
      refuse(`rule \`${id}\` to match its own example`, JSON.stringify(line.slice(0, 200)))
  }
  for (const line of misses) {
    if (matchesLine(compiled, line))
      refuse(`rule \`${id}\` to pass over its own counter-example`, JSON.stringify(line.slice(0, 200)))
  }
}

function refuse(expected: string, got: string): never {
  throw new MusterError('OPTIONS_INVALID', { expected, got })
}

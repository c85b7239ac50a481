// Every rule of ours, compiled when it is first needed: most programs that import failures never classify a text.
import { accessRules } from './access-rules.ts'
import { buildRules } from './build-rules.ts'
import { codeRules } from './code-rules.ts'
import { provenPattern } from '../patterns/line-pattern.ts'
import type { CompiledRule } from './compiled-rules.ts'
import type { BuiltInRule } from './failure-rule.ts'
import { machineRules } from './machine-rules.ts'
import { networkRules } from './network-rules.ts'
import { phraseRules } from './phrase-rules.ts'
import { placeRules } from './place-rules.ts'
import { plainRules } from './plain-rules.ts'
import { platformRules } from './platform-rules.ts'
import { processRules } from './process-rules.ts'
import { providerRules } from './provider-rules.ts'
import { resourceRules } from './resource-rules.ts'
import { serviceRules } from './service-rules.ts'
import { timeRules } from './time-rules.ts'
import { wordRules } from './word-rules.ts'

/** The built-in rules, in the order in which they are tried. */
export const builtInRules: readonly BuiltInRule[] = [
  ...machineRules,
  ...resourceRules,
  ...processRules,
  ...accessRules,
  ...networkRules,
  ...timeRules,
  ...placeRules,
  ...buildRules,
  ...codeRules,
  ...[...providerRules, ...serviceRules, ...platformRules, ...phraseRules, ...wordRules].map(asPhrase),
  ...plainRules,
]

/** A phrase may stand anywhere in a line, so that it is less sure than a line that begins as its tool begins it. */
function asPhrase(rule: BuiltInRule): BuiltInRule {
  return { confidence: 0.8, ...rule }
}

let compiled: readonly CompiledRule<BuiltInRule>[] | undefined

/** The built-in rules, compiled once, the strongest first. */
export function compiledBuiltIns(): readonly CompiledRule<BuiltInRule>[] {
  compiled ??= builtInRules
    .toSorted((one, other) => other.strength - one.strength)
    .map((rule) => ({ rule, patterns: [provenPattern(rule.pattern)] }))
  return compiled
}

// From what is known of strategies to the ladder that a failure climbs: the best that is known first, then, one after another,
// what is left of the same level or above. Failures of which nothing is known begin with what they are met with anyway, so that
// a first run behaves as it always did and only what fails again is met with more.
import type { RetryRule } from '../retry/retry-policy.ts'
import { chooseRecovery, type RecoveryChoice, type RecoveryQuestion } from './choose-recovery.ts'
import type { RecoveryReason } from './recovery-words.ts'
import { type RecoveryRecord, situationKey } from './recovery-record.ts'
import type { RecoveryStep } from './recovery-step.ts'
import type { RecoveryStrategy } from './recovery-strategy.ts'
import { strategyOf } from './strategy-of.ts'

/** The most rungs: one a level, and then some for those that share one. */
const mostRungs = 8

/** What a ladder is made from. */
export interface LadderQuestion extends Omit<RecoveryQuestion, 'tried'> {
  /** What holds by default, where nothing is known of the situation; the first rung is that then. */
  readonly rule?: RetryRule | undefined
}

/** The rungs, from the mildest; none where nothing fits. Where nothing ever helped the only one is that nothing is tried. */
export function makeLadder(question: LadderQuestion): readonly RecoveryStep[] {
  const { rule, strategies } = question
  const rungs: RecoveryStep[] = rule === undefined ? [] : [defaultRung(rule, question)]
  while (rungs.length < mostRungs) {
    const tried = rungs.map(({ strategy }) => strategy)
    const level = rungs.at(-1)?.level ?? 1
    const left = strategies.filter((strategy) => strategy.level >= level && !tried.includes(strategy.name))
    const choice = chooseRecovery({ ...question, strategies: left, tried })
    if (choice.kind === 'give-up') {
      const isHopeless = rungs.length === 0 && choice.because === 'all-retired'
      return isHopeless ? skipRung(strategies) : rungs
    }
    rungs.push(rungOf(choice, question))
  }
  return rungs
}

function rungOf(choice: Extract<RecoveryChoice, { kind: 'recover' }>, question: LadderQuestion): RecoveryStep {
  const { strategy, because, level } = choice
  return { strategy: strategy.name, level, effect: strategy.effect, because, ...usesOf(strategy.name, question) }
}

function defaultRung(rule: RetryRule, question: LadderQuestion): RecoveryStep {
  const strategy = strategyOf(rule, question.strategies)
  const level = question.strategies.find(({ name }) => name === strategy)?.level ?? 1
  const because: RecoveryReason = 'default'
  return { strategy, level, effect: { kind: 'retry' }, because, ...usesOf(strategy, question) }
}

function skipRung(strategies: readonly RecoveryStrategy[]): readonly RecoveryStep[] {
  const skip = strategies.find(({ effect }) => effect.kind === 'skip')
  if (skip === undefined) return []
  return [{ strategy: skip.name, level: skip.level, effect: skip.effect, because: 'all-retired' }]
}

/** What is known of it in this situation, or else anywhere after such failures; nothing where it never was used. */
function usesOf(
  strategy: string,
  { category, workerClass, runner, records }: LadderQuestion,
): { readonly helped?: number; readonly uses?: number } {
  const own = records.get(situationKey({ category, strategy, workerClass, runner }))
  const all: readonly RecoveryRecord[] =
    own === undefined
      ? [...records.values()].filter((record) => record.category === category && record.strategy === strategy)
      : [own]
  const uses = all.reduce((sum, record) => sum + record.uses, 0)
  return uses === 0 ? {} : { helped: all.reduce((sum, record) => sum + record.helped, 0), uses }
}

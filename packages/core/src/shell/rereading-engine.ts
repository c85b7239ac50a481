// An engine whose failures are read once more by the user's own rules when they arrive, before the kernel decides whether to
// try again. The rules stay in this process: whatever carries the attempts out need not know them.
import { rereadFailure } from '../failure/reread-failure.ts'
import type { CompiledRule } from '../failure/rules/compiled-rules.ts'
import type { AttemptDetails, CaseResult, Outcome } from '../model/outcome.ts'
import type { Engine, EngineContext } from '../ports/engine.ts'

/** The engine, or the same one where there are no rules. */
export function rereadingEngine(engine: Engine, rules: readonly CompiledRule[]): Engine {
  if (rules.length === 0) return engine
  const outcomeOf = (outcome: Outcome): Outcome =>
    outcome.failure === undefined ? outcome : { ...outcome, failure: rereadFailure(outcome.failure, rules) }
  const caseOf = (told: CaseResult): CaseResult =>
    told.failure === undefined ? told : { ...told, failure: rereadFailure(told.failure, rules) }
  const detailsOf = (details: AttemptDetails): AttemptDetails => ({ ...details, cases: details.cases.map(caseOf) })
  return {
    name: engine.name,
    attach: (context, open) => {
      const deliver: EngineContext['deliver'] = (signal, acknowledge) => {
        if (signal.kind !== 'attempt-ended') {
          context.deliver(signal, acknowledge)
          return
        }
        const { outcome, details } = signal
        const reread = { ...signal, outcome: outcomeOf(outcome) }
        context.deliver(details === undefined ? reread : { ...reread, details: detailsOf(details) }, acknowledge)
      }
      return engine.attach({ ...context, deliver }, open)
    },
    launch: (commands) => {
      engine.launch(commands)
    },
    cancel: (attempt, because) => {
      engine.cancel(attempt, because)
    },
    recall: (attempt) => {
      engine.recall?.(attempt)
    },
    detach: (run, why) => engine.detach(run, why),
    close: () => engine.close(),
  }
}

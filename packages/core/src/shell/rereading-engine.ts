// An engine whose failures are read once more by the user's own rules when they arrive, before the kernel decides whether to
// try again. The rules stay in this process: whatever carries the attempts out need not know them.
import { rereadFailure, rereadLike } from '../failure/reread-failure.ts'
import type { CompiledRule } from '../failure/rules/compiled-rules.ts'
import type { AttemptDetails, CapturedText, CaseResult, Outcome } from '../model/outcome.ts'
import type { Engine, EngineContext } from '../ports/engine.ts'

/** What an attempt came to. */
interface Told {
  readonly outcome: Outcome
  readonly details?: AttemptDetails | undefined
}

/** The engine, or the same one where there are no rules. */
export function rereadingEngine(engine: Engine, rules: readonly CompiledRule[]): Engine {
  if (rules.length === 0) return engine
  return {
    name: engine.name,
    attach: (context, open) => {
      const deliver: EngineContext['deliver'] = (signal, acknowledge) => {
        if (signal.kind !== 'attempt-ended') {
          context.deliver(signal, acknowledge)
          return
        }
        context.deliver({ ...signal, ...rereadAttempt(signal, rules) }, acknowledge)
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

/** Cases by what they said; the whole like the case that it tells of, by what it said itself, or by what was printed. */
function rereadAttempt({ outcome, details }: Told, rules: readonly CompiledRule[]): Told {
  const cases = details?.cases.map((told): CaseResult => {
    return told.failure === undefined ? told : { ...told, failure: rereadFailure(told.failure, rules) }
  })
  const { failure } = outcome
  const told = details === undefined ? {} : { details: { ...details, cases: cases ?? [] } }
  if (failure === undefined) return { outcome, ...told }
  const at = details?.cases.findIndex((one) => one.failure?.fingerprint === failure.fingerprint) ?? -1
  const [before, after] = [details?.cases[at]?.failure, cases?.[at]?.failure]
  const isTold = before !== undefined && after !== undefined && before !== after
  const reread = isTold ? rereadLike(failure, after) : rereadFailure(failure, rules, printed(outcome, details))
  return { outcome: { ...outcome, failure: reread }, ...told }
}

/** What an attempt that went wrong by itself printed; what errors print first. */
function printed({ result }: Outcome, details: AttemptDetails | undefined): readonly string[] {
  if (result !== 'failed' && result !== 'timed-out') return []
  return [details?.stderr, details?.stdout].map(textOf)
}

function textOf(captured: CapturedText | undefined): string {
  if (captured === undefined) return ''
  const { head, tail, omittedBytes } = captured
  return omittedBytes > 0 ? `${head}\n${tail}` : `${head}${tail}`
}

// A strategy and plugins become one policy that the kernel asks: keys one after another, every admission has to be given,
// scores are weighed, claims are added, the last word is everybody's. What a plugin gets wrong is named and left out.
import type { Policy, PreemptionQuestion, TaskView, WorkerView } from '@muster/core'
import { compilePlugins, type CompiledPlugins } from './compile-plugins.ts'
import type { Plugin } from './plugin.ts'
import { PluginSession } from './plugin-session.ts'
import type { PolicyOptions } from './policy-options.ts'

/**
 * A policy made of a strategy, which orders, and plugins, each with one concern.
 *
 * Throws `OPTIONS_INVALID` where two plugins do not go together.
 *
 * @example
 * ```ts
 * const policy = createPolicy(criticalPathFirst(), [oneBrowserPerHost])
 * createOrchestrator({ executors, policy })
 * ```
 */
export function createPolicy(strategy: Policy, plugins: readonly Plugin[], options: PolicyOptions = {}): Policy {
  const compiled = compilePlugins(plugins)
  return policyOf(strategy, compiled, options)
}

function policyOf(strategy: Policy, compiled: CompiledPlugins, options: PolicyOptions): Policy {
  const session = new PluginSession(
    strategy.forRun?.() ?? strategy,
    { ...compiled, plugins: compiled.plugins.map((plugin) => plugin.forRun?.() ?? plugin) },
    options,
  )
  const { plugins, laned } = session.compiled
  const names = plugins.map(({ name }) => name)
  const has = (point: 'admit' | 'score' | 'claims' | 'permit' | 'passedOver' | 'preempts'): boolean =>
    strategy[point] !== undefined || plugins.some((plugin) => plugin[point] !== undefined)
  return {
    name: names.length === 0 ? strategy.name : `${strategy.name} with ${names.join(', ')}`,
    reads: strategy.reads,
    rekeyEveryMs: strategy.rekeyEveryMs,
    key: (task) => session.key(task),
    // A point that nobody implements is not there: the kernel asks about every worker for the sake of those that are.
    ...(has('admit') ? { admit: (task: TaskView, worker: WorkerView) => session.admit(task, worker) } : {}),
    ...(has('score') ? { score: (task: TaskView, worker: WorkerView) => session.score(task, worker) } : {}),
    ...(has('claims') ? { claims: (task: TaskView, worker: WorkerView) => session.claims(task, worker) } : {}),
    ...(has('permit') ? { permit: (task: TaskView, worker: WorkerView) => session.permit(task, worker) } : {}),
    ...(has('passedOver')
      ? {
          passedOver: (task: TaskView) => {
            session.passedOver(task)
          },
        }
      : {}),
    ...(has('preempts') ? { preempts: (question: PreemptionQuestion) => session.preempts(question) } : {}),
    ...(laned === undefined && strategy.lane === undefined
      ? {}
      : { lane: (task: TaskView) => session.lane(task), laneKey: (lane: string) => session.laneKey(lane) }),
    observe: (happening) => session.observe(happening),
    forRun: () => policyOf(strategy, compiled, options),
  }
}

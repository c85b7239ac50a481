// How a policy of plugins treats what is not the plugins' own business: who hears of it, and how patient it is with them.
import type { Decision } from './decision.ts'
import type { PluginProblem } from './plugin-guard.ts'

/** How plugins are treated. */
export interface PolicyOptions {
  /** Hears every placement with all scores. Where nobody listens, nothing of it is kept. @defaultValue nobody listens */
  readonly onDecision?: ((decision: Decision) => void) | undefined
  /** Hears what is wrong with a plugin. @defaultValue nobody is told */
  readonly onProblem?: ((problem: PluginProblem) => void) | undefined
  /** How often a plugin may go wrong before it is asked nothing more. @defaultValue `3` */
  readonly maxFaults?: number | undefined
  /** Milliseconds for which plugins may hold a task back; then it goes. @defaultValue `600_000`, ten minutes */
  readonly maxHoldMs?: number | undefined
}

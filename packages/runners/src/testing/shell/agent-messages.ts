// What a trial and its agent say to each other.
import type { AttemptResult, CaseResult, ExecutableTask, ExecutorModule } from '@muster/core'

/** What the trial asks of its agent. */
export type AgentOrder =
  | {
      readonly kind: 'run'
      readonly executor: ExecutorModule
      readonly task: ExecutableTask
      readonly root: string
      readonly env: Readonly<Record<string, string>>
      readonly n: number
      /** Name of the reason, where the attempt was stopped before it began. */
      readonly stopped: string | undefined
    }
  | { readonly kind: 'stop'; readonly reason: string }
  | { readonly kind: 'close' }

/** What the agent tells. */
export type AgentNews =
  | { readonly kind: 'log'; readonly text: string; readonly stream: 'stdout' | 'stderr' }
  | { readonly kind: 'case'; readonly result: CaseResult }
  | { readonly kind: 'done'; readonly result: AttemptResult }
  | { readonly kind: 'threw'; readonly message: string }

// What the two sides of a thread say to each other: plain data, since nothing else goes through.
import type { AttemptResult, CaseResult, ExecutableTask } from '@muster/core'

export interface ThreadRequest {
  readonly run: string
  readonly n: number
  readonly root: string
  readonly timeoutMs: number | undefined
  readonly task: ExecutableTask
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly fraction: number; readonly message?: string | undefined }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'case'; readonly result: CaseResult }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'ended'; readonly result: AttemptResult }

// What a structured signal says by itself: the same in every language and version, and needing no reading of texts.
import type { FailureCategory } from '../../model/failure.ts'

/** A category, and what it rests on. */
export interface SignalFinding {
  readonly category: FailureCategory
  readonly code?: string | undefined
  /** Id of what told it: `signals/exit-code`. */
  readonly rule: string
  /** As evidence: `exit code 137`. */
  readonly evidence: string
  /** Compared with the strength of rules; 100 and more decides whatever the text says. */
  readonly strength: number
  readonly transient?: boolean | undefined
}

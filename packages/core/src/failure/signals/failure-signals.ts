// All that can be known of a failure, from whoever saw it: what was thrown, how the process ended, what a server answered,
// what the runner itself recorded, and last of all what was printed.
import type { FailureCategory, FailurePhase } from '../../model/failure.ts'

/** What is known of a failure. Every field may be absent; what has no meaning is passed over. */
export interface FailureSignals {
  /** What was thrown: anything at all, with its chain of causes. */
  readonly thrown?: unknown
  /** Exit code as the system gave it: above 255, negative and NTSTATUS codes are read as what they mean. */
  readonly exitCode?: number | null | undefined
  /** Name of the signal that ended the process: `SIGSEGV`. */
  readonly signal?: string | null | undefined
  /** Code of an error: `ECONNREFUSED`, `ERR_MODULE_NOT_FOUND`. */
  readonly errorCode?: string | undefined
  /** Name of an error's class, in any language. */
  readonly errorName?: string | undefined
  /** Status that a server answered with. */
  readonly httpStatus?: number | undefined
  /** How long a server asked to be left alone, in milliseconds. @defaultValue what an error's headers or the text say */
  readonly retryAfterMs?: number | undefined
  /** gRPC status as number or name: `14`, `'UNAVAILABLE'`. */
  readonly grpcStatus?: number | string | undefined
  /** The control group of the process ran out of memory. @defaultValue `false` */
  readonly isOutOfMemory?: boolean | undefined
  /** What the runner itself recorded; nothing is more certain. */
  readonly recorded?: FailureCategory | undefined
  /** Where the runner knows it. */
  readonly phase?: FailurePhase | undefined
  /** What a person should read first. @defaultValue the line that told the category */
  readonly message?: string | undefined
  /** What was printed or reported: a message with its stack, or a log. Of a long one its start and its end are read. */
  readonly text?: string | undefined
  /** Put before the evidence that is found. */
  readonly evidence?: readonly string[] | undefined
}

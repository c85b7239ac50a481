// What a command is given and gives back.
import type { Invocation } from '../arguments/parse-arguments.ts'
import type { Output } from './output.ts'

/** What a command gets. */
export interface CommandContext {
  readonly invocation: Invocation
  readonly output: Output
  readonly version: string
}

/** A command: resolves with the exit code. */
export type Command = (context: CommandContext) => Promise<number>

// The end of every error: misuse is told without a stack and exits with 2, an abort as an interruption, and whatever else
// comes up here is our own bug and says so.
import { exitOfError } from '@muster/ci'
import { isMusterError } from '@muster/core'
import { renderError } from '../terminal/render-error.ts'
import type { CommandContext } from './command.ts'

/** Tells what was thrown and gives the exit code for it. */
export function sayError(error: unknown, { output, invocation, version }: CommandContext): number {
  const isVerbose = invocation.on.has('verbose')
  if (isMusterError(error)) {
    output.say(renderError(error, output.errorLook))
    if (isVerbose) output.say(stackOf(error))
    return exitOfError(error).exitCode
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  output.say(`${output.errorLook.paint('red', 'Internal error')} ${what}`)
  output.say(`  This is a bug in Muster ${version}; please report it with the text below.`)
  output.say(stackOf(error))
  return exitOfError(error).exitCode
}

/** The stack, with those of its causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? `${error.name}: ${error.message}`
  return error.cause === undefined ? own : `${own}\nCaused by ${stackOf(error.cause)}`
}

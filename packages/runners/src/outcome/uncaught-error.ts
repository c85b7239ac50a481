// Finds the error that ended a Node process in what the process printed. Node prints the source line first, then the error
// with its stack, then its version: the last line, which is all that an exit code comes with, says nothing.
import { failureFromError } from '@muster/core/failure'
import type { Failure } from '@muster/core'

/** The uncaught error printed at the end of `stderr`, as a failure; nothing where there is none. */
export function uncaughtError(stderr: string, evidence: readonly string[] = []): Failure | undefined {
  const printed = stderr.replace(/\r/g, '').trimEnd()
  const withoutVersion = printed.replace(/\n+Node\.js v[\d.]+[^\n]*$/, '')
  if (withoutVersion === printed) return undefined
  const found = [...withoutVersion.matchAll(/^([A-Z]\w*)(?: \[(\w+)\])?: (.*)$/gm)].at(-1)
  if (found === undefined) return undefined
  const [, name = 'Error', bracketed, message = ''] = found
  const stack = withoutVersion.slice(found.index)
  const code = bracketed ?? /^\s+code: '(\w+)'/m.exec(stack)?.[1]
  return failureFromError({ name, message, stack, ...(code === undefined ? {} : { code }) }, evidence)
}

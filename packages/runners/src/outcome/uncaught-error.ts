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
  const failure = failureFromError({ name, message, stack, ...(code === undefined ? {} : { code }) }, evidence)
  const source = sourceIn(withoutVersion.slice(0, found.index))
  const cause = /^ {2}\[cause\]: (.+)$/m.exec(stack)?.[1]
  const below = [...(source?.lines ?? []), ...(cause === undefined ? [] : [`caused by: ${cause}`])]
  const place = source?.place ?? placeIn(stack)
  const head = place === undefined ? failure.message : `${failure.message} (${place})`
  return { ...failure, message: [head, ...below].join('\n') }
}

/** The place that Node prints above an error with its line of source, unless it is one of its own. */
function sourceIn(above: string): { readonly place: string; readonly lines: readonly string[] } | undefined {
  const found = [...above.matchAll(/^(?!node:)(\S.*):(\d+)\n([^\n]*)\n([ \t]*[\^~]+)[ \t]*$/gm)].at(-1)
  if (found === undefined) return undefined
  const [, path = '', line = '', source = '', arrow = ''] = found
  return { place: `${fileName(path, path)}:${line}`, lines: source.length > longestSource ? [] : [source, arrow] }
}

/** Longest line of source that is shown; what is longer was written by a program. */
const longestSource = 200

/** The topmost frame of the project's own code. */
function placeIn(stack: string): string | undefined {
  const own = stack.split('\n').find((line) => /^\s+at /.test(line) && !/node:|node_modules/.test(line))
  const [, path, line] = own === undefined ? [] : (/([^()/\\]+):(\d+):\d+\)?(?: \{)?$/.exec(own) ?? [])
  return path === undefined || line === undefined ? undefined : `${fileName(path, own ?? '')}:${line}`
}

/** The name of a file that stands in `text` as a path or as a URL. */
function fileName(path: string, text: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path
  try {
    return text.includes('file:') ? decodeURIComponent(name) : name
  } catch {
    return name
  }
}

// An error as a person reads it: what kind, what was expected, what was got, what to do. No stack, since it is about what
// was asked and not about our code.
import type { Look } from './look.ts'

/** The parts of a misuse. */
export interface ErrorParts {
  readonly code: string
  readonly expected: string
  readonly got: string
  readonly remedy: string
}

/** The error as text of some lines. */
export function renderError({ code, expected, got, remedy }: ErrorParts, { paint }: Look): string {
  return [
    `${paint('red', 'Error')} ${paint('bold', code)}`,
    labelled('expected', expected),
    labelled('got', got),
    labelled('remedy', remedy),
  ].join('\n')
}

function labelled(label: string, text: string): string {
  const indent = ' '.repeat(12)
  const [first = '', ...rest] = text.trimEnd().split('\n')
  return [`  ${label.padEnd(10)}${first}`, ...rest.map((line) => indent + line)].join('\n')
}

// The one error of all readers, so that every message names the source, the line, what was expected and what is there.
import { MusterError } from '@muster/core/errors'

/** Where reading ended. */
export interface ReadPosition {
  readonly source: string
  readonly line?: number | undefined
}

/** An `INPUT_UNREADABLE` that says where, what was expected and what is there. */
export function unreadable(at: ReadPosition, expected: string, got: string): MusterError {
  const where = at.line === undefined ? at.source : `${at.source}, line ${at.line}`
  return new MusterError('INPUT_UNREADABLE', { expected: `${expected} in ${where}`, got })
}

/** The line of `index` in `text`, counted from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

// What messages call a document whose reader was not told its name.
import type { ReadOptions } from './read-cases.ts'

/** The name of the document for messages. */
export function sourceOf({ source = 'the text given' }: ReadOptions): string {
  return source
}

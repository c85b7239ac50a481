// Under which key the history keeps what. Kinds and ids may be any Unicode text, also text that a database would not give
// back as it was, so whatever could end a part early or get lost is escaped; everything else stays readable.

/** What identifies a task over runs: the same id under another kind is another task. */
export interface TaskName {
  readonly kind: string
  readonly id: string
}

/** Every key of a task's summary begins so. The number is the version of the keys, not of the records. */
export const taskPrefix = 'task/1/'

/** The key of the record that changes with every fold. */
export const foldsKey = 'folds/1'

/**
 * The key of a task's summary.
 *
 * @example
 * ```ts
 * taskKey({ kind: 'vitest', id: 'src/a.test.ts' }) // => 'task/1/vitest/src/a.test.ts'
 * ```
 */
export function taskKey({ kind, id }: TaskName): string {
  return `${taskPrefix}${escapeText(kind).replaceAll('/', '%2f;')}/${escapeText(id)}`
}

/** The key of the record that says which tasks of an interrupted run are counted already. */
export function countedKey(run: string): string {
  return `counted/1/${escapeText(run)}`
}

/** Escapes the escape itself, control characters and halves of surrogate pairs. */
function escapeText(text: string): string {
  return text.replaceAll(/[%\p{Cc}\p{Cs}]/gu, (found) => `%${found.charCodeAt(0).toString(16).padStart(2, '0')};`)
}

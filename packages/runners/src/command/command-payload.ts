// What a command task tells its executor. Placeholders are filled in where the command runs, because the number of the
// attempt is known only there.
import type { ExecutableTask } from '@muster/core'
import type { CommandCases, ResultsFile, ResultsPrinted } from './command-options.ts'

/** The payload of a command task. */
export interface CommandPayload {
  /** Program and arguments, with placeholders. */
  readonly argv: readonly string[]
  readonly results?: ResultsFile | ResultsPrinted | undefined
  readonly cases?: CommandCases | undefined
  /** Relative to the root. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** What placeholders stand for; `case` only where a single one is run. */
export interface Placeholders extends Readonly<Record<'file' | 'task' | 'slug' | 'n', string>> {
  readonly case?: string | undefined
}

/** What the placeholders stand for in one attempt; `file` is seen from the command's working folder. */
export function placeholdersOf(task: ExecutableTask, n: number, file: string): Placeholders {
  return { file, task: task.id, slug: slugOf(task.id), n: String(n) }
}

/** Fills in one text. A name in braces that is no placeholder stays as it is. */
export function fillIn(text: string, values: Placeholders): string {
  return text.replace(/\{(file|task|slug|n|case)\}/g, (whole, name: string) => {
    switch (name) {
      case 'file':
      case 'task':
      case 'slug':
      case 'n':
        return values[name]
      case 'case':
        return values.case ?? whole
      default:
        return whole
    }
  })
}

/** A form of an id that suits file names everywhere and still differs where ids differ. */
export function slugOf(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '')
  if (plain === id && id.length <= 100) return id
  return `${plain.slice(0, 80)}-${hashOf(id)}`
}

/** FNV-1a over UTF-16 units: only has to tell names apart. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}

// What a change has touched goes first: that is where somebody waits for the answer. It is told what has changed; whoever
// reads it from version control stands outside.
import type { Policy } from '@muster/core'

/** What has changed. */
export interface ChangedOptions {
  /** Files, written as tasks write theirs: relative to the project's root. @defaultValue none */
  readonly files?: Iterable<string> | undefined
  /** Tags whose tasks count as changed. @defaultValue none */
  readonly tags?: Iterable<string> | undefined
}

/**
 * Tasks whose file or a tag of theirs was changed first, then those in the folder of a changed file, then the others, each in the
 * order of definition.
 *
 * *When to use*: on a branch, beside {@link andThen}'s second strategy. Measure: when the changed tests are over.
 *
 * @example
 * ```ts
 * recentlyChangedFirst({ files: ['src/price.test.ts'] })
 * ```
 */
export function recentlyChangedFirst({ files = [], tags = [] }: ChangedOptions): Policy {
  const changed = new Set(files)
  const folders = new Set([...changed].map(folderOf))
  const marked = new Set(tags)
  return {
    name: 'recently-changed-first',
    key: ({ definition: { file, tags: own = [] } }) => {
      if ((file !== undefined && changed.has(file)) || own.some((tag) => marked.has(tag))) return 0
      return file !== undefined && folders.has(folderOf(file)) ? 1 : 2
    },
  }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')))
}

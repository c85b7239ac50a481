// Which documents are asked for and where they go, and what is said of those that could not be written: all of them, in one
// error, after the others were seen to.
import { resolve } from 'node:path'
import { MusterError, parseOptions } from '@muster/core'
import { publishOptions, type PublishOptions } from '../publication/publish-options.ts'
import type { DocumentKind } from '../publication/write-document.ts'

/** One document that was written. */
export interface PublishedDocument {
  readonly kind: DocumentKind
  /** Absolute path. */
  readonly path: string
}

/** Does `work` for each document asked for; throws one `OUTPUT_UNWRITABLE` for all that failed. */
export async function eachDocument(
  options: PublishOptions,
  work: (document: PublishedDocument) => Promise<void>,
): Promise<readonly PublishedDocument[]> {
  const parsed = parseOptions(publishOptions, options, 'publish options')
  const documents = (['junit', 'json', 'ctrf', 'tap', 'html', 'trace', 'markdown', 'summary'] as const).flatMap(
    (kind) => {
      const path = parsed[kind]
      return path === undefined ? [] : [{ kind, path: resolve(parsed.root ?? '.', path) }]
    },
  )
  refuseSharedPaths(documents)
  const problems: string[] = []
  const done: PublishedDocument[] = []
  let cause: unknown
  for (const document of documents) {
    try {
      await work(document)
      done.push(document)
    } catch (error) {
      cause ??= error
      problems.push(`${document.kind} at ${document.path}: ${reason(error)}`)
    }
  }
  if (problems.length === 0) return done
  const expected =
    documents.length === 1 ? 'a file that can be written' : `${documents.length} files that can be written`
  throw new MusterError('OUTPUT_UNWRITABLE', { expected, got: problems.join('; '), cause })
}

function refuseSharedPaths(documents: readonly PublishedDocument[]): void {
  const byPath = new Map<string, DocumentKind>()
  for (const { kind, path } of documents) {
    const other = byPath.get(path)
    if (other !== undefined) {
      throw new MusterError('OPTIONS_INVALID', {
        expected: 'a path of its own for each document',
        got: `${path} for both ${other} and ${kind}`,
      })
    }
    byPath.set(path, kind)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder cannot be made',
  ENOTDIR: 'a part of its folder is a file',
  EEXIST: 'a part of its folder is a file',
  ENAMETOOLONG: 'its name is too long',
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return (code === undefined ? undefined : reasons[code]) ?? (error instanceof Error ? error.message : String(error))
}

// Leaves the documents of a run where a CI service looks for them. What can be written is written, even if another path is
// wrong; then one error names every path that failed.
import { resolve } from 'node:path'
import { MusterError, parseOptions, type RunReport } from '@muster/core'
import { writeCtrf, writeJunit, writeReportJson, writeSummary, writeTap } from '@muster/reports'
import { publishOptions, type PublishOptions } from '../publication/publish-options.ts'
import { writeWhole } from './write-whole.ts'

/** The documents that a build can leave behind. */
export type DocumentKind = 'junit' | 'json' | 'ctrf' | 'tap' | 'summary'

/** One document that was written. */
export interface PublishedDocument {
  readonly kind: DocumentKind
  /** Absolute path. */
  readonly path: string
}

const writers: Readonly<Record<DocumentKind, (report: RunReport) => string>> = {
  junit: writeJunit,
  json: writeReportJson,
  ctrf: writeCtrf,
  tap: writeTap,
  summary: (report) => writeSummary(report, { format: 'markdown' }),
}

/**
 * Writes the documents asked for, each whole or not at all, and creates their folders. Throws `OPTIONS_INVALID` where two
 * documents have one path, and `OUTPUT_UNWRITABLE` where a file cannot be written.
 *
 * @example
 * ```ts
 * await publish(await run.report, { junit: 'results/junit.xml', json: 'results/report.json' })
 * ```
 */
export async function publish(report: RunReport, options: PublishOptions): Promise<readonly PublishedDocument[]> {
  const parsed = parseOptions(publishOptions, options, 'publish options')
  const documents = (['junit', 'json', 'ctrf', 'tap', 'summary'] as const).flatMap((kind) => {
    const path = parsed[kind]
    return path === undefined ? [] : [{ kind, path: resolve(parsed.root ?? '.', path) }]
  })
  refuseSharedPaths(documents)
  const problems: string[] = []
  const written: PublishedDocument[] = []
  let cause: unknown
  for (const document of documents) {
    const text = writers[document.kind](report)
    try {
      await writeWhole(document.path, text)
      written.push(document)
    } catch (error) {
      cause ??= error
      problems.push(`${document.kind} at ${document.path}: ${reason(error)}`)
    }
  }
  if (problems.length === 0) return written
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
  ENOTDIR: 'a part of its folder is a file',
  EEXIST: 'a part of its folder is a file',
  ENAMETOOLONG: 'its name is too long',
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return (code === undefined ? undefined : reasons[code]) ?? (error instanceof Error ? error.message : String(error))
}

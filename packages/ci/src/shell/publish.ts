// Leaves the documents of a run where a CI service looks for them. What can be written is written, even if another path is
// wrong; then one error names every path that failed.
import type { RunReport } from '@muster/core'
import type { PublishOptions } from '../publication/publish-options.ts'
import { writeDocument } from '../publication/write-document.ts'
import { eachDocument, type PublishedDocument } from './each-document.ts'
import { pageFiles } from './page-files.ts'
import { tryToWrite, writeWhole } from './write-whole.ts'

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
  return eachDocument(options, async ({ kind, path }) => {
    const html = kind === 'html' ? await pageFiles(report, path, options.projectRoot) : undefined
    await writeWhole(path, writeDocument(kind, report, html))
  })
}

/**
 * Finds out before a run whether {@link publish} could write the documents, creating their folders and leaving older
 * documents as they are; throws as it would. A path that is wrong is better told before the tests run than after.
 *
 * @example
 * ```ts
 * const documents = { junit: 'results/junit.xml' }
 * await checkPublication(documents)
 * await publish(await muster.run().report, documents)
 * ```
 */
export async function checkPublication(options: PublishOptions): Promise<void> {
  await eachDocument(options, ({ path }) => tryToWrite(path))
}

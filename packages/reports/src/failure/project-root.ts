// Stacks name files in full, reports by their place in the project. Where a stack passes through the file of its own case, what
// stands before is the project's root, and names can be short.
import type { ReportCase } from '../cases/report-case.ts'
import { ownFrame } from './own-frame.ts'

/** Rows looked at: the first few failures tell. */
const mostRows = 200

/** The root that own frames share, with the last slash; empty where none can be told. */
export function projectRootOf(rows: readonly ReportCase[]): string {
  let looked = 0
  for (const { case: one } of rows) {
    const { file, failure } = one
    if (file === undefined || file === '' || failure?.stack === undefined) continue
    const frame = ownFrame(failure.stack)?.file.replaceAll('\\', '/')
    if (frame?.endsWith(`/${file}`) === true) return frame.slice(0, frame.length - file.length)
    if (++looked >= mostRows) break
  }
  return ''
}

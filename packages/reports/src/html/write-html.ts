// The report that people open: one HTML file with everything in it, for a browser without a network. It has to say within
// seconds what broke, why, and what to do, and stay quick with a hundred thousand cases.
import type { RunReport } from '@muster/core'
import { checkFailures } from './check-failures.ts'
import { clientBundle } from './client-bundle.ts'
import { pageShell } from './page-shell.ts'
import { reportDataOf } from './report-data-of.ts'

/** How the page is written. */
export interface HtmlOptions {
  /** How the command line is called in the advice of the page. @defaultValue `'npx muster'` */
  readonly command?: string | undefined
  /**
   * Folder that the page will lie in. Files of attempts below it become links; without it they are paths. Relative to the
   * project's root, or absolute together with `root`. @defaultValue nothing becomes a link
   */
  readonly folder?: string | undefined
  /** Project's root, absolute: where relative paths of artifacts begin. @defaultValue `''`, for a relative `folder` */
  readonly root?: string | undefined
  /**
   * Bytes of pictures by their SHA-256. PNG, JPEG, GIF and WebP of at most 200,000 bytes are shown in the page, as long as they
   * take less than three million characters together. @defaultValue none
   */
  readonly pictures?: ReadonlyMap<string, Uint8Array> | undefined
}

/**
 * The run as one HTML page. It loads nothing, runs no text of a test, and shows control characters and marks of direction
 * instead of obeying them.
 *
 * @example
 * ```ts
 * await writeFile('report.html', writeHtml(await run.report))
 * ```
 */
export function writeHtml(report: RunReport, options: HtmlOptions = {}): string {
  checkFailures(report)
  const { command = 'npx muster', folder, root = '', pictures } = options
  const place = folder === undefined ? undefined : { folder, root }
  return pageShell(reportDataOf(report, command, { place, pictures }), clientBundle())
}

// The script and the style of the page as texts. This module is replaced while the package is built and while tests run
// (`bundle-client.ts` beside the package's configuration), so that the client is written as ordinary files, typed and linted,
// and nothing is kept in minified form.
import { invariant } from '@muster/core/errors'

/** What stands in every page, whatever the report. */
export interface ClientBundle {
  readonly script: string
  readonly style: string
  /** Hashes of both for the page's Content-Security-Policy: `sha256-…`. */
  readonly scriptHash: string
  readonly styleHash: string
}

/** The bundle of the client. */
export function clientBundle(): ClientBundle {
  invariant(false, 'the client of the HTML report is bundled when the package is built')
}

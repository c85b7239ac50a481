// Which documents a build leaves behind. Every path is optional; a path that is not given is a document that is not written.
import { z } from 'zod'

/** The documents, each by the path of its file. */
export interface PublishOptions {
  /** JUnit XML, for nearly every CI service. */
  readonly junit?: string | undefined
  /** Muster's own report, whole. */
  readonly json?: string | undefined
  /** CTRF. */
  readonly ctrf?: string | undefined
  /** TAP 14. */
  readonly tap?: string | undefined
  /** One HTML page with everything in it, for people. */
  readonly html?: string | undefined
  /** Chrome trace, for Perfetto. */
  readonly trace?: string | undefined
  /** Markdown with folded details, for the summary page of a job; at most 65,000 bytes. */
  readonly markdown?: string | undefined
  /** The summary in Markdown, for job summaries and comments. */
  readonly summary?: string | undefined
  /** Folder that relative paths start from. @defaultValue the working folder */
  readonly root?: string | undefined
  /** Root of the project, where paths of artifacts begin: the HTML page links to them from there. @defaultValue the working folder */
  readonly projectRoot?: string | undefined
}

const path = z
  .string()
  .min(1, 'expected the path of a file')
  .refine((text) => !text.includes('\0'), 'expected a path without NUL')
  .optional()

/** The schema of {@link PublishOptions}. */
export const publishOptions: z.ZodType<{ [Key in keyof PublishOptions]: string | undefined }, PublishOptions> =
  z.strictObject({
    junit: path,
    json: path,
    ctrf: path,
    tap: path,
    html: path,
    trace: path,
    markdown: path,
    summary: path,
    root: path,
    projectRoot: path,
  })

// What an embedder says about artifacts: where they are kept and how much of them. Without a folder nothing is kept, and a
// task that declares some is refused rather than ignored.
import { z } from 'zod'

/** Where and how much is kept of the files that attempts leave behind. */
export interface ArtifactOptions {
  /**
   * Folder for them, absolute or relative to the project's root. Nothing else may be in it: what no kept run names is deleted
   * from it by `pruneArtifacts`.
   */
  readonly dir: string
  /** Files kept of one attempt at most; the same number bounds its inputs. @defaultValue `200` */
  readonly maxFiles?: number | undefined
  /** Bytes kept of one attempt at most; the same number bounds its inputs. @defaultValue `268_435_456`, 256 MiB */
  readonly maxBytes?: number | undefined
}

/** {@link ArtifactOptions} after the door. */
export interface ArtifactSettings {
  readonly dir: string
  readonly maxFiles: number
  readonly maxBytes: number
}

/** The schema of {@link ArtifactOptions}. */
export const artifactOptions: z.ZodType<ArtifactSettings, ArtifactOptions> = z.strictObject({
  dir: z.string().min(1),
  maxFiles: z.number().int().min(0).default(200),
  maxBytes: z.number().int().min(0).default(268_435_456),
})

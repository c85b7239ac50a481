// The options of the Vitest runner. Everything about the tests themselves stays in the project's own Vitest configuration.
import { z } from 'zod'

/** Which Vitest project is run. */
export interface VitestOptions {
  /** The kind of its tasks; two Vitest runners in one run need two names. @defaultValue `'vitest'` */
  readonly name?: string | undefined
  /** Folder of the Vitest project, relative to the root. @defaultValue the root */
  readonly root?: string | undefined
  /** Configuration file, relative to `root`. @defaultValue the one that Vitest finds */
  readonly config?: string | undefined
  /** Names or patterns of the Vitest projects to run. @defaultValue all */
  readonly project?: string | readonly string[] | undefined
  /** Globs of files, relative to the root of the run, that are left to other runners. @defaultValue none */
  readonly exclude?: readonly string[] | undefined
  /** Runs only cases whose full name matches: a regular expression over titles joined by spaces. @defaultValue all */
  readonly namePattern?: string | undefined
}

/** The options after the door. */
export interface ParsedVitestOptions {
  readonly name: string
  readonly root: string
  readonly config?: string | undefined
  readonly project: readonly string[]
  readonly exclude: readonly string[]
  readonly namePattern?: string | undefined
}

/** Reads {@link VitestOptions}. */
export const vitestOptions: z.ZodType<ParsedVitestOptions, VitestOptions> = z.strictObject({
  name: z.string().min(1).default('vitest'),
  root: z.string().default('.'),
  config: z.string().optional(),
  project: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .readonly(),
  exclude: z.array(z.string()).default([]),
  namePattern: z.string().refine(isPattern, 'expected a regular expression').optional(),
})

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

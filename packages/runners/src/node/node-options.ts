// The options of the runner for node:test. Flags that decide how tests are reported or which files run are refused: Muster
// does both, and a second reporter on the same channel would garble the results.
import type { Resolved } from '@muster/core'
import { z } from 'zod'
import { defaultGlobs } from './default-globs.ts'

/** How files of node:test are found and run. */
export interface NodeTestOptions {
  /** The kind of its tasks; two such runners in one run need two names. @defaultValue `'node'` */
  readonly name?: string | undefined
  /** Globs relative to the root. @defaultValue those of `node --test`; `node_modules` is always left out */
  readonly files?: readonly string[] | undefined
  /** Globs of files to leave out. @defaultValue none */
  readonly exclude?: readonly string[] | undefined
  /** Flags for Node, such as `--import=./register.js` or `--conditions=development`. @defaultValue none */
  readonly argv?: readonly string[] | undefined
  /** Runs only tests marked `only`, as `--test-only` does. @defaultValue `false` */
  readonly only?: boolean | undefined
  /** Working folder of the tests, relative to the root. @defaultValue the root */
  readonly cwd?: string | undefined
  /** Variables to set for the tests. @defaultValue nothing */
  readonly env?: Readonly<Record<string, string>> | undefined
}

const refused =
  /^--(test(-reporter.*|-isolation.*|-shard.*|-only|-coverage.*)?|watch.*|experimental-test-coverage)(=|$)/
const refusal = 'expected no flag that reports, watches or chooses tests: Muster does that'

const flag = z.string().refine((word) => !refused.test(word), refusal)

/** Reads {@link NodeTestOptions}. */
export const nodeTestOptions: z.ZodType<Resolved<NodeTestOptions>, NodeTestOptions> = z.strictObject({
  name: z.string().min(1).default('node'),
  files: z
    .array(z.string())
    .min(1)
    .default([...defaultGlobs]),
  exclude: z.array(z.string()).default([]),
  argv: z.array(flag).default([]),
  only: z.boolean().default(false),
  cwd: z.string().default('.'),
  env: z.record(z.string(), z.string()).default({}),
})

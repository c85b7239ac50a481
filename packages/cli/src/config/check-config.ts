// The door for a configuration once it is loaded: it fits, or every problem is listed at once with where it is.
import { MusterError, nearestName } from '@muster/core'
import { configProblems, problemLine } from './config-problems.ts'
import { configJsonSchema, configSchema } from './config-schema.ts'
import { countText } from '../terminal/count-text.ts'
import type { MusterConfig } from './config.ts'

/** The configuration with its defaults. Throws `OPTIONS_INVALID` with every problem; `path` names the file in it. */
export function checkConfig(given: unknown, path: string): MusterConfig {
  const parsed = configSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = configProblems(parsed.error.issues, given, configJsonSchema, nearestName)
  const lines = problems.map((problem) => `\n${problemLine(problem)}`)
  throw new MusterError('OPTIONS_INVALID', {
    expected: `${path} to be a configuration of Muster`,
    got: `${countText(problems.length, 'problem')}:${lines.join('')}`,
    remedy: 'Correct what is listed; nothing was run.',
  })
}

import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseOptions } from './parse-options.ts'

const schema = z.strictObject({
  maxAttempts: z.number().int().min(1).default(1),
  retry: z.strictObject({ jitter: z.number().optional() }).prefault({}),
})

test('an unknown key is refused with the one that was probably meant, wherever it is', () => {
  const given = { maxAttempt: 1, retry: { jiter: 1, zzz: 1 } }
  expect(() => parseOptions(schema, given, 'options')).toThrow(
    'OPTIONS_INVALID: expected valid options, got options.retry: unknown key "jiter", did you mean `jitter`?; ' +
      'options.retry: unknown key "zzz"; options: unknown key "maxAttempt", did you mean `maxAttempts`?. ',
  )
})

test('a wrong value is named with its path', () => {
  expect(() => parseOptions(schema, { maxAttempts: 0 }, 'options')).toThrow(/options\.maxAttempts: .*, got 0/)
})

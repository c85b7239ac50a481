import { expect, test } from 'vitest'
import { z } from 'zod'
import { MusterError } from './muster-error.ts'
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

test('what may be written in several ways is named with all of them, or with what is wrong with the one taken', () => {
  const either = z.strictObject({
    slots: z.union([z.number().int().min(1), z.enum(['simple', 'adaptive'])]).default('simple'),
    retry: z.union([z.number().int(), z.strictObject({ jitter: z.number() })]).prefault(1),
  })
  const complaint = (given: unknown): string => {
    try {
      return JSON.stringify(parseOptions(either, given, 'options'))
    } catch (error) {
      return error instanceof MusterError ? error.got : String(error)
    }
  }
  expect(complaint({ slots: 'bogus' })).toBe('options.slots: expected a number or one of simple, adaptive, got "bogus"')
  expect(complaint({ slots: 'adptive' })).toMatch(/got "adptive", did you mean `adaptive`\?$/)
  expect(complaint({ slots: 0 })).toBe('options.slots: expected a number of at least 1, got 0 (number)')
  expect(complaint({ retry: { jiter: 1, jitter: 1 } })).toBe(
    'options.retry: unknown key "jiter", did you mean `jitter`?',
  )
  expect(complaint({ retry: [] })).toBe('options.retry: expected a number or an object, got a list of 0')
})

test('what is missing or of another type is refused in our own words', () => {
  expect(() => parseOptions(schema, undefined, 'options')).toThrow('options: expected an object, got nothing. ')
  expect(() => parseOptions(schema, { maxAttempts: 'two' }, 'options')).toThrow(
    'options.maxAttempts: expected a number, got "two"',
  )
  expect(() => parseOptions(schema, { maxAttempts: 1.5 }, 'options')).toThrow(
    'options.maxAttempts: expected a whole number, got 1.5 (number)',
  )
  expect(() => parseOptions(z.enum(['simple', 'adaptive']), 'simpel', 'slots')).toThrow(
    'slots: expected one of simple, adaptive, got "simpel", did you mean `simple`?',
  )
})

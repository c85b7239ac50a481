import { expect, test } from 'vitest'
import fc from 'fast-check'
import { fillIn, placeholdersOf, slugOf } from './command-payload.ts'

const task = { id: 'a b/ü', kind: 'command', payload: undefined, tags: [] }

test('placeholders are filled in once, and other braces stay', () => {
  const values = placeholdersOf(task, 2, '{task}.py')
  expect(fillIn('{file} {n} {other} {}', values)).toBe('{task}.py 2 {other} {}')
})

test('a slug suits every file system, and differs where ids differ', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
      expect(slugOf(a)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$|^-?[a-z0-9]+$|^[A-Za-z0-9._-]+$/)
      expect(slugOf(a).startsWith('.')).toBe(false)
      if (a !== b) expect(slugOf(a)).not.toBe(slugOf(b))
    }),
  )
})

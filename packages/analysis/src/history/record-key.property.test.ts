import fc from 'fast-check'
import { expect, test } from 'vitest'
import { taskKey } from './record-key.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('', '/', 'a/b', '%', '%2f;', '\0', '\uD800', '\uDC00'),
)
const name = fc.record({ kind: text, id: text })

test('two tasks share a key only if they are the same', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(taskKey(a) === taskKey(b)).toBe(a.kind === b.kind && a.id === b.id)
    }),
  )
})

test('a kind that ends where an id begins is told apart', () => {
  expect(taskKey({ kind: 'a', id: 'b/c' })).not.toBe(taskKey({ kind: 'a/b', id: 'c' }))
  expect(taskKey({ kind: 'a/b', id: 'c' })).not.toBe(taskKey({ kind: 'a%2f;b', id: 'c' }))
})

test('a key is text that every database gives back as it was', () => {
  fc.assert(
    fc.property(name, (task) => {
      const key = taskKey(task)
      expect(Buffer.from(key, 'utf8').toString('utf8')).toBe(key)
      expect(key).not.toMatch(/\p{Cc}/u)
    }),
  )
})

test('an ordinary key is readable', () => {
  expect(taskKey({ kind: 'vitest', id: 'src/a b.test.ts' })).toBe('task/1/vitest/src/a b.test.ts')
})

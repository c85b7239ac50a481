import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MessageShapes, readMessage, writeMessage } from './read-message.ts'

type Message = { readonly kind: 'run'; readonly task: number } | { readonly kind: 'stop' }
const shapes: MessageShapes<Message> = { run: { task: 'number' }, stop: {} }

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer(), (task) => {
      const line = writeMessage({ kind: 'run', task })
      expect(line.endsWith('\n')).toBe(true)
      expect(readMessage(line, shapes)).toMatchObject({ kind: 'run', task })
    }),
  )
})

test('whatever else comes in is nothing, and never throws', () => {
  const anything = fc.oneof(fc.string(), fc.json(), fc.json({ noUnicodeString: false }))
  fc.assert(
    fc.property(anything, (line) => {
      expect(readMessage(line, shapes)).toBeUndefined()
    }),
  )
})

test.each([
  '{"v":2,"kind":"stop"}',
  '{"kind":"stop"}',
  '{"v":1,"kind":"toString"}',
  '{"v":1,"kind":"run"}',
  '{"v":1,"kind":"run","task":"1"}',
  '{"v":1,"kind":"run","task":null}',
])('%s is none of ours', (line) => {
  expect(readMessage(line, shapes)).toBeUndefined()
})

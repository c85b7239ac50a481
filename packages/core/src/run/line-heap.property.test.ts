// The heap of lines against a look at every queue.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineHeap } from './line-heap.ts'
import { compareKeys, compareQueues, type Key, ReadyQueue } from './ready-queue.ts'

const classes = 6
const anyKey: fc.Arbitrary<Key> = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 2 }),
)
const anyStep = fc.record({
  of: fc.nat({ max: classes - 1 }),
  what: fc.oneof({ arbitrary: anyKey, weight: 3 }, fc.constant('pop' as const), fc.constant('remove' as const)),
})

test('the line of the first task is first, whatever was pushed, popped and taken out', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 150 }), (steps) => {
      const queues = Array.from({ length: classes }, () => new ReadyQueue())
      const heap = new LineHeap((a, b) => compareQueues(queues[a], queues[b]))
      const awake = new Set<number>()
      for (const [handle, { of, what }] of steps.entries()) {
        const queue = queues[of]
        if (queue === undefined) continue
        if (what === 'remove') {
          heap.remove(of)
          awake.delete(of)
        } else {
          if (what === 'pop') queue.pop()
          else queue.push(handle, what)
          if (queue.size === 0) {
            heap.remove(of)
            awake.delete(of)
          } else {
            heap.place(of)
            awake.add(of)
          }
        }
        expect(heap.peek()).toBe(firstOf(queues, awake))
        for (let each = 0; each < classes; each++) expect(heap.has(each)).toBe(awake.has(each))
      }
    }),
  )
})

function firstOf(queues: readonly ReadyQueue[], awake: ReadonlySet<number>): number | undefined {
  return [...awake].sort((a, b) => {
    const left = queues[a]
    const right = queues[b]
    const order = compareKeys(left?.peekKey() ?? Infinity, right?.peekKey() ?? Infinity)
    return order === 0 ? (left?.peek() ?? 0) - (right?.peek() ?? 0) : order
  })[0]
}

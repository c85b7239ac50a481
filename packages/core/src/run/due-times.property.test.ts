// Due times against a list that is sorted each time: nothing comes early, nothing is lost, ties keep their order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Due, DueTimes } from './due-times.ts'

const anyStep = fc.oneof(
  fc.record({ push: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ at: fc.integer({ min: 0, max: 45 }) }),
)

test('what is due comes out in order, ties as they came, and nothing comes early', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
      const due = new DueTimes()
      let model: readonly Due[] = []
      for (const [about, step] of steps.entries()) {
        if ('push' in step) {
          const added: Due = { atMs: step.push, kind: 'retry', about }
          due.push(added)
          model = [...model, added].sort((a, b) => a.atMs - b.atMs || a.about - b.about)
        } else {
          const expected = model.filter(({ atMs }) => atMs <= step.at)
          model = model.filter(({ atMs }) => atMs > step.at)
          for (const each of expected) expect(due.popDue(step.at)).toEqual(each)
          expect(due.popDue(step.at)).toBeUndefined()
        }
        expect(due.nextAtMs).toBe(model[0]?.atMs)
      }
    }),
  )
})

import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MarkedStream } from './marked-stream.ts'

const mark = '\0mark\0'

test('whatever the pieces, what stands before the mark is told before it is reached, and the mark never', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\0', 'm', '\0mark', 'ark') })
  await fc.assert(
    fc.asyncProperty(text, text, fc.array(fc.nat(40)), async (before, after, cuts) => {
      fc.pre(!before.includes(mark) && !`${before}${mark}`.slice(0, -1).includes(mark) && !after.includes(mark))
      const stream = new PassThrough()
      let told = ''
      let toldAtMark: string | undefined
      const marked = new MarkedStream(stream, (bytes) => (told += bytes.toString()))
      const reached = marked.expect(mark).then(() => (toldAtMark = told))
      const whole = before + mark + after
      const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
      for (let at = 1; at < places.length; at += 1) {
        stream.write(whole.slice(places[at - 1], places[at]))
        await new Promise(setImmediate)
      }
      stream.destroy()
      await reached
      expect(toldAtMark?.startsWith(before)).toBe(true)
      await new Promise(setImmediate)
      expect(told).toBe(before + after)
    }),
    { numRuns: 50 },
  )
})

// How a trace reads.
import { expect, test } from 'vitest'
import { sampleReport } from '../laws/sample-report.ts'
import { writeChromeTrace } from './write-chrome-trace.ts'

test('a worker is a process, a retry says its number, a failure says why', () => {
  const lines = writeChromeTrace(sampleReport).split('\n')
  expect(lines[0]).toContain('"displayTimeUnit":"ms"')
  expect(lines.find((line) => line.includes('"process_name"') && line.includes('"pid":2'))).toContain('worker slot-1')
  expect(lines.find((line) => line.includes('"name":"cart"') && line.includes('"X"'))).toContain(
    '"args":{"attempt":1,"ended":"failed","kind":"vitest","file":"src/cart.test.ts","failure":"expected 1 to be 2\\nDiff below"}',
  )
  expect(lines.some((line) => line.includes('"name":"pay (attempt 2)"'))).toBe(true)
})

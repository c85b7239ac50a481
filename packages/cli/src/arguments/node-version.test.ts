import { expect, test } from 'vitest'
import { nodeProblem } from './node-version.ts'

test.each(['22.18.0', '22.18', '22.19.1', '24.0.0', '100.1.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version, '>=22.18')).toBeUndefined()
})

test.each(['20.20.2', '22.17.9', '18.0.0', '9.99.0'])('Node %s is too old, and says so', (version) => {
  expect(nodeProblem(version, '>=22.18')).toMatchObject({ expected: 'Node 22.18 or newer', got: version })
})

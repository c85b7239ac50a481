import { expect, test } from 'vitest'
import { renderConfig } from './render-config.ts'

test('what was found is said and not frozen: detection shares the files out, a bare name takes all', () => {
  const runners = [
    { name: 'vitest', because: 'package.json depends on vitest' },
    { name: 'node', because: 'a.test.mjs imports node:test' },
  ]
  const text = renderConfig({ runners, isInstalled: false })
  expect(text).toContain('// node: a.test.mjs imports node:test.')
  expect(text).toContain("// runners: ['vitest', 'node'],")
  expect(text).not.toMatch(/^ *runners:/m)
})

import { expect, test } from 'vitest'

test('the package can be imported when it is needed: it is not taken for a promise', async () => {
  const names = Object.keys(await import('./index.ts'))
  expect(names).toContain('andThen')
  expect(names).not.toContain('then')
})

// Depends on something that is not there the first time, as tests do that need a cache, a port or a clock.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const seen = join(import.meta.dirname, '.seen')

test('finds the rates', () => {
  const isThere = existsSync(seen)
  writeFileSync(seen, '')
  assert.ok(isThere, 'the rates have not arrived yet')
})

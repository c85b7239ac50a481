// Needs a basket that works, so it waits for the basket's suite, and is blocked while that fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { discounted, total } from '../../src/basket.ts'

test('checks out with a discount', () => {
  assert.equal(discounted(total([{ cents: 199, count: 1 }]), 50), 100)
})

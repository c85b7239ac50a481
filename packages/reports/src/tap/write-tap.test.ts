import { expect, test } from 'vitest'
import { sampleReport } from '../laws/sample-report.ts'
import { writeTap } from './write-tap.ts'

test('a report reads as it should', () => {
  expect(writeTap(sampleReport)).toMatchInlineSnapshot(`
    "TAP version 14
    1..7
    ok 1 - db-setup
      ---
      duration_ms: 900
      path: ["db-setup"]
      ...
    ok 2 - src/cart.test.ts > cart > adds
      ---
      duration_ms: 12.25
      path: ["cart","adds"]
      file: "src/cart.test.ts"
      line: 3
      task: "cart"
      ...
    not ok 3 - src/cart.test.ts > cart > removes
      ---
      duration_ms: 30
      path: ["cart","removes"]
      file: "src/cart.test.ts"
      line: 9
      task: "cart"
      message: |-
        expected 1 to be 2
        Diff below
      failure: {"category":"assertion","fault":"product","transient":false,"errorName":"AssertionError","fingerprint":"18f8fdd6258955","evidence":[]}
      ...
    ok 4 - src/pay.test.ts > pays
      ---
      duration_ms: 350
      path: ["pays"]
      file: "src/pay.test.ts"
      task: "pay"
      retries: 1
      flaky: true
      message: "socket hang up"
      failure: {"category":"network","fault":"environment","transient":true,"fingerprint":"02babc1d1f8836","evidence":["code ECONNRESET"]}
      ...
    ok 5 - checkout # SKIP blocked by cart
      ---
      duration_ms: 0
      path: ["checkout"]
      reason: "blocked by cart"
      ...
    ok 6 - receipt # SKIP blocked by cart
      ---
      duration_ms: 0
      path: ["receipt"]
      reason: "blocked by cart"
      ...
    ok 7 - legacy # SKIP removed soon
      ---
      duration_ms: 0
      path: ["legacy"]
      reason: "removed soon"
      ...
    "
  `)
})

// Texts in which one line is the cause and others only look like it: what an assertion compares, what a passed test printed, what
// a program logged, settings and prose.
import { expect, test } from 'vitest'
import { classifyFailure } from './index.ts'

const read = (text: string): string => {
  const { category, code } = classifyFailure({ text })
  return code === undefined ? category : `${category} ${code}`
}

const failed = '--- FAIL: TestX (0.00s)\n'

test.each([
  ['assertion', `${failed}    x_test.go:20: got error "context deadline exceeded", want "connection refused"\nFAIL`],
  ['assertion', `${failed}    x_test.go:20: Get() = "connection refused"; want "ok", got it\nFAIL`],
  [
    'assertion summary',
    `${failed}    x_test.go:20: mismatch (-want +got):\n          string(\n        - "ok",\n        + "dial tcp 127.0.0.1:80: connect: connection refused",\n          )\nFAIL`,
  ],
  [
    'assertion',
    `${failed}    x_test.go:20: \n        Error Trace:\t/app/x_test.go:20\n        Error:      \t"no space left on device" does not contain "out of memory"\n        Test:       \tTestX\nFAIL`,
  ],
  [
    'assertion',
    `${failed}    Error Trace:\terr_test.go:12\n    Error:      \tNot equal: \n                expected: "context deadline exceeded"\n                actual  : "connection refused"\n`,
  ],
  [
    'network refused',
    `${failed}    Error Trace:\tx_test.go:12\n    Error:      \tReceived unexpected error:\n                dial tcp 127.0.0.1:5432: connect: connection refused\n`,
  ],
  [
    'assertion',
    'Error: expect(received).toContain(expected) // indexOf\n\n    Expected substring: "ok"\n    Received string:    "Error: net::ERR_CONNECTION_REFUSED"',
  ],
  [
    'assertion',
    'expect(received).toBe(expected)\n\nExpected: "ok"\nReceived: "first line\nError: connect ECONNREFUSED 127.0.0.1:80\n    at x"',
  ],
  [
    'assertion',
    'Error: expect(locator).toHaveText(expected) failed\n\nLocator:  locator("h1")\nExpected: "Welcome"\nReceived: "Hello"\nTimeout:  5000ms\n\nCall log:\n  - Expect "toHaveText" with timeout 5000ms\n  - waiting for locator("h1")',
  ],
  ['assertion', "E       Failed: DID NOT RAISE <class 'TimeoutError'>"],
])('what an assertion compares is no cause: %s', (expected, text) => {
  expect(read(text)).toBe(expected)
})

test.each([
  [
    'unknown',
    '=== RUN   TestTimeout\n2026/01/01 00:00:00 dial tcp 127.0.0.1:1: connect: connection refused\n--- PASS: TestTimeout (0.01s)\nPASS\nok  \texample.com/x\t0.012s',
  ],
  ['unknown', '--- PASS: TestRetry (0.00s)\n    retry_test.go:9: connect: connection refused, retrying\nPASS'],
  [
    'assertion summary',
    '=== RUN   TestRetry\n2026/01/01 00:00:00 connect: connection refused, retrying\n--- PASS: TestRetry (0.00s)\n=== RUN   TestAdd\n    add_test.go:9: Add(1,2) = 4; want 3\n--- FAIL: TestAdd (0.00s)\nFAIL',
  ],
  [
    'network refused',
    '=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n    b_test.go:4: dial tcp 127.0.0.1:1: connect: connection refused\n--- FAIL: TestB (0.00s)',
  ],
  [
    'assertion',
    '  console.error\n    Error: connect ECONNREFUSED 127.0.0.1:5432\n\n      at Object.<anonymous> (src/a.test.js:3:11)\n\n  ● adds\n\n    expect(received).toBe(expected) // Object.is equality\n\n    Expected: 3\n    Received: 4',
  ],
  [
    'assertion',
    'stdout | src/a.test.ts > retries\nError: connect ECONNREFUSED 127.0.0.1:1\n    at x\nretrying…\n\n FAIL  src/a.test.ts > adds\nAssertionError: expected 1 to be 2',
  ],
])('what passed and what was only logged is no cause: %s', (expected, text) => {
  expect(read(text)).toBe(expected)
})

test.each([
  'INFO session timeout set to 30 s',
  'using timeout: 30s',
  'request timeout = 5000',
  'connection timeout: 30 seconds',
  'order cancelled\nThe operation was canceled by test design, see docs',
  'dns cache size 30\nENOTFOUND is handled by the client',
  'Note: if you see "out of memory" errors, raise --max-old-space-size.',
  'Usage hints: permission denied errors usually mean the token expired.',
  'process 1234 was killed by the user in the test "kill"',
])('a setting and prose are no failure: %s', (text) => {
  expect(read(text)).toBe('unknown')
})

test.each([
  ['resource watchers', "Error: ENOSPC: System limit for number of file watchers reached, watch '/app'"],
  [
    'network refused',
    'could not connect to server: Connection refused\n\tIs the server running on host "localhost" and accepting\n\tTCP/IP connections on port 5432?',
  ],
  [
    'network timeout',
    'Error response from daemon: Get "https://registry.example/v2/": net/http: TLS handshake timeout',
  ],
  ['environment missing-tool', 'Error: spawn foo ENOENT'],
  ['resource processes', 'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory'],
  [
    'build-dependency dependency-resolution',
    'npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree',
  ],
  ['build-dependency compile', 'e: file:///app/A.kt:3:5 Unresolved reference: foo'],
  ['permission-auth files', "Error: Failed to write JUnit report: EACCES: permission denied, open '/reports/a.xml'"],
  [
    'exception nil-pointer',
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: x]',
  ],
  ['exception deadlock', 'fatal error: all goroutines are asleep - deadlock!'],
  ['exception', 'CalcTest > adds() FAILED\n    java.lang.NullPointerException at CalcTest.java:12'],
  ['exception unsettled', 'Promise resolution is still pending but the event loop has already resolved'],
  ['exception', 'AxiosError: Request failed with status code 500'],
  ['timeout test', 'thrown: "Exceeded timeout of 5000 ms for a hook.'],
])('%s', (expected, text) => {
  expect(read(text)).toBe(expected)
})

test('a mistake in the code and a deadlock are not tried again', () => {
  for (const text of [
    'fatal error: all goroutines are asleep - deadlock!',
    'panic: runtime error: invalid memory address or nil pointer dereference',
    'Error: listen EADDRINUSE: address already in use :::3000',
  ])
    expect(classifyFailure({ text }).transient, text).toBe(false)
})

test('a report that could not be written fails while reporting', () => {
  const { phase } = classifyFailure({
    text: "Error: Failed to write JUnit report: EACCES: permission denied, open '/r'",
  })
  expect(phase).toBe('reporting')
})

// What a test printed that passed, and what a program only logged, say nothing of why another test failed. Runners mark both:
// Go frames the output of each test, Jest and Vitest head what was written to the console.
import type { LogLine } from './log-line.ts'

const began = /^=== (?:RUN|CONT|NAME) +(\S{1,300})/
const passedTest = /^--- (?:PASS|SKIP): (\S{1,300})/
const failedTest = /^--- FAIL: |^FAIL\b|^panic: /
const written = /^(?:console\.(?:error|warn|log|info|debug)$|(?:stdout|stderr) \| \S)/
/** What ends such a block: the next test, the next failure, or a line that stands at the left again behind a frame. */
const reported = /^(?:● |FAIL\b|PASS\b|Tests? |Test Suites|✓|✕|×|⎯|={3,}|Error Trace|AssertionError|\d{1,3}\) )/u

/** The lines, with those of passed tests as `frame` and those that were only logged as `warned`. */
export function withoutNoise(lines: readonly LogLine[]): readonly LogLine[] {
  if (!lines.some(({ text }) => passedTest.test(text) || written.test(text))) return lines
  return withoutLogged(withoutPassed(lines))
}

function withoutPassed(lines: readonly LogLine[]): readonly LogLine[] {
  const byTest = new Map<string, number[]>()
  const passed = new Set<number>()
  let current: string | undefined
  let isBelow = false
  for (const [at, { text, isIndented }] of lines.entries()) {
    const name = began.exec(text)?.[1]
    const done = passedTest.exec(text)?.[1]
    if (name !== undefined || done !== undefined || failedTest.test(text)) isBelow = false
    if (name !== undefined) current = name
    if (done !== undefined) {
      for (const line of byTest.get(done) ?? []) passed.add(line)
      passed.add(at)
      current = undefined
      isBelow = true
    } else if (isBelow && isIndented === true) passed.add(at)
    else if (current !== undefined) {
      const own = byTest.get(current)
      if (own === undefined) byTest.set(current, [at])
      else own.push(at)
    }
  }
  return lines.map((line, at) => (passed.has(at) ? { ...line, role: 'frame' } : line))
}

function withoutLogged(lines: readonly LogLine[]): readonly LogLine[] {
  let left = 0
  return lines.map((line) => {
    if (written.test(line.text)) left = longestBlock
    else if (left > 0 && (line.role === 'quoted' || reported.test(line.text))) left = 0
    else if (left > 0) left -= 1
    return left > 0 && line.role === 'said' ? { ...line, role: 'warned' } : line
  })
}

/** The longest block that is taken for one entry of a log, in lines. */
const longestBlock = 30

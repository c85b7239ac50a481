// Adds up what the tests, the checks and the examples left in `reports/` and prints one last line. A step that ended
// badly without saying which of its parts failed counts as one failure. It runs on whatever Node the machine has.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const reports = join(dirname(dirname(fileURLToPath(import.meta.url))), 'reports')
const codes = process.argv.slice(2).map(Number)
const steps = [tests(), partsOf('check.json'), partsOf('examples.json')]
const total = { passed: 0, failed: 0, skipped: 0 }
steps.forEach((step, index) => {
  total.passed += step.passed
  total.failed += codes[index] === 0 ? step.failed : Math.max(step.failed, 1)
  total.skipped += step.skipped
})
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
process.exitCode = total.failed > 0 || total.passed === 0 || codes.length !== steps.length ? 1 : 0

function tests() {
  const results = read('tests.json')
  // A file that could not be loaded failed without any test of its own.
  const unloaded = (results.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return {
    passed: results.numPassedTests ?? 0,
    failed: (results.numFailedTests ?? 0) + unloaded.length,
    skipped: (results.numPendingTests ?? 0) + (results.numTodoTests ?? 0),
  }
}

function partsOf(file) {
  const { passed = 0, failed = 0 } = read(file)
  return { passed, failed, skipped: 0 }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(join(reports, file), 'utf8'))
  } catch {
    return {}
  }
}

// A test that fails in its first attempt and passes in the second is called flaky and never plain green. Its file is a real
// one of node:test, run in child processes.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createOrchestrator } from '@muster/core'
import { nodeTest } from '@muster/runners/node'

const root = import.meta.dirname
await rm(join(root, 'suites', '.seen'), { force: true })

await using muster = createOrchestrator({
  root,
  runners: [nodeTest({ files: ['suites/*.test.mjs'] })],
  slots: 1,
  retry: { maxAttempts: 2, baseDelayMs: 0 },
})
const report = await muster.run({}).report

for (const { id, verdict, attempts } of report.tasks) {
  console.log(id, '-', verdict?.kind)
  for (const { n, ending } of attempts) {
    if (ending.kind !== 'ended') continue
    const { result, failure } = ending.outcome
    console.log(`  attempt ${n}: ${result}${failure === undefined ? '' : `, ${failure.message}`}`)
  }
}
const { passed, flaky, failed } = report.totals
console.log(`${passed} passed, ${flaky} flaky, ${failed} failed: the run ${report.exit}`)
await rm(join(root, 'suites', '.seen'), { force: true })

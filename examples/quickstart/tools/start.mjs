// Runs the quick-start. One test of it fails on purpose, so exit code 1 is what should come out; anything else is wrong.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('muster', ['run', ...process.argv.slice(2)], { stdio: 'inherit' })
if (status !== 1) {
  console.error(`Expected exit code 1, for the test that fails on purpose; got ${status}.`)
  process.exit(1)
}
console.log(`
That one test failed is as it should be here; \`muster run\` ended with exit code 1 for it.
The reports are examples/quickstart/.muster/report/junit.xml and report.json; the database is .muster/muster.db beside them.
Try in examples/quickstart:
  npx muster explain suites/e2e/checkout.test.ts   why it never ran
  npx muster history                               the runs so far
  npx muster plan                                  what the next run would do, by what this one took`)

// Says what the run came to, from its JSON report: the numbers that must not change from run to run.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const report = JSON.parse(readFileSync(join(import.meta.dirname, '..', '.muster', 'report', 'report.json'), 'utf8'))
const { totals, exit } = report
console.log(`exit: ${exit}`)
console.log(`tasks that passed: ${totals.passed > 100 ? 'more than a hundred' : totals.passed}`)
for (const task of report.tasks) {
  const { kind, by } = task.verdict ?? {}
  if (kind !== 'passed')
    console.log(`${kind}: ${task.id}${by === undefined ? '' : `, by ${by}`}, ${task.attempts.length} attempts`)
}

// What one failed task means for the others: a hard dependency blocks by name, a soft one only waits for the end, an optional
// one only orders. Then the mistakes that are found before anything runs.
import { createOrchestrator, defineExecutor, isMusterError, type TaskDefinition } from '@muster/core'

const step = defineExecutor('step', ({ id }) => {
  if (id === 'migrate') throw new Error('the column is there already')
})

const tasks: readonly TaskDefinition[] = [
  step.task({ id: 'build' }),
  step.task({ id: 'migrate', dependsOn: ['build'] }),
  step.task({ id: 'e2e', dependsOn: ['migrate'] }), // hard: has to pass
  step.task({ id: 'publish', dependsOn: ['e2e'] }), // blocked as well, by what stands before it
  step.task({ id: 'clean up', dependsOn: [{ on: 'migrate', kind: 'soft' }] }), // has to end, however
  step.task({ id: 'lint', dependsOn: [{ on: 'e2e', kind: 'optional' }] }), // waits for nothing
  step.task({ id: 'nightly', skip: 'only at night' }),
  step.task({ id: 'nightly report', dependsOn: ['nightly'] }), // skipped with it, by name
]

await using muster = createOrchestrator({ executors: [step], slots: 1 })
const run = muster.run({ tasks })
const report = await run.report
for (const { id } of report.tasks) console.log(`${id}: ${run.explain(id).sentences[0] ?? ''}`)
console.log(`the run ${report.exit}`)

console.log('\nFound before anything runs:')
try {
  await muster.run({
    tasks: [
      step.task({ id: 'a', dependsOn: ['b'] }),
      step.task({ id: 'b', dependsOn: ['a', 'biuld'] }),
      step.task({ id: 'build' }),
    ],
  }).report
} catch (error) {
  if (!isMusterError(error)) throw error
  console.log(`${error.code}: ${error.got}`)
}

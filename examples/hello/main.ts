// The smallest run: one function, two tasks, one report.
import { createOrchestrator, defineExecutor } from '@muster/core'

const greet = defineExecutor<string, string>('greet', ({ payload }) => `Hello, ${payload}!`)

await using muster = createOrchestrator({ executors: [greet] })
const report = await muster.run({
  tasks: [greet.task({ id: 'one', payload: 'world' }), greet.task({ id: 'two', payload: 'Muster' })],
}).report

for (const { id, verdict, attempts } of report.tasks) {
  const ending = attempts[0]?.ending
  console.log(id, verdict?.kind, ending?.kind === 'ended' ? ending.outcome.output : '')
}
console.log(`the run ${report.exit}, exit code ${report.exitCode}`)

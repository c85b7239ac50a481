// An application that runs work of its own: it checks three price lists and publishes what holds. One source answers only
// the second time, one is wrong for good, and what needs the wrong one is never started.
import { createOrchestrator, defineExecutor, verdictSentence } from '@muster/core'

interface PriceList {
  readonly name: string
  readonly prices: readonly number[]
  /** Attempts that find the source closed. */
  readonly closedFor?: number
}

const check = defineExecutor<PriceList, { readonly average: number }>('check', (task, context) => {
  const { name, prices, closedFor = 0 } = task.payload
  if (context.n <= closedFor) throw new Error(`the source of ${name} is closed`)
  for (const [at, price] of prices.entries()) {
    context.progress((at + 1) / prices.length, name)
    if (price <= 0) throw new Error(`price ${at + 1} of ${name} is ${price}`)
  }
  return { average: prices.reduce((sum, price) => sum + price, 0) / prices.length }
})

const publish = defineExecutor('publish', (task, { log }) => {
  log(`${task.id} is out`)
})

await using muster = createOrchestrator({
  executors: [check, publish],
  slots: 1,
  retry: { maxAttempts: 2, baseDelayMs: 0 },
})

const run = muster.run({
  tasks: [
    check.task({ id: 'check/fruit', payload: { name: 'fruit', prices: [3, 5] } }),
    check.task({ id: 'check/bread', payload: { name: 'bread', prices: [2], closedFor: 1 } }),
    check.task({ id: 'check/fish', payload: { name: 'fish', prices: [9, -1] } }),
    publish.task({ id: 'publish/bakery', dependsOn: ['check/bread'] }),
    publish.task({ id: 'publish/market', dependsOn: ['check/fruit', 'check/fish'] }),
  ],
})

run.on('attempt-progress', ({ task, fraction }) => {
  console.log(`  ${task}: ${Math.round(100 * fraction)} %`)
})
run.on('attempt-output', ({ text }) => {
  console.log(`  ${text}`)
})
run.on('task-retrying', ({ task, n }) => {
  console.log(`  ${task}: attempt ${n} follows`)
})
run.on('task-judged', ({ task, verdict }) => {
  console.log(`${task}: ${verdictSentence(verdict)}`)
})

const report = await run.report
console.log(`The run ${report.exit}, exit code ${report.exitCode}.`)
const ending = report.tasks[0]?.attempts[0]?.ending
if (ending?.kind === 'ended') console.log('The output of check/fruit:', ending.outcome.output)

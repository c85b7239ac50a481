// What is tried again and what is not, told as it happens. A shop's tests meet a server that is not up yet, one that asks to be
// left alone, a test that is flaky, one that lacks a right, one that must not run twice, and an outage that a budget cuts short.
import { createOrchestrator, defineExecutor } from '@muster/core'
import { explainGiveUp, explainRetry } from '@muster/core/retry'

const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const tooMany = (): Error =>
  Object.assign(new Error('429 Too Many Requests'), { status: 429, headers: { 'retry-after': '1' } })

const shop = defineExecutor('shop', async ({ id }, { n }) => {
  if (id === 'start' && n < 3) throw refused()
  if (id === 'quota' && n < 2) throw tooMany()
  if (id === 'cart' && n < 2) throw Object.assign(new Error('expected 2 items, got 1'), { code: 'ERR_ASSERTION' })
  if (id === 'admin') throw Object.assign(new Error('403 Forbidden'), { status: 403 })
  if (id === 'payment') throw refused()
  if (id.startsWith('mail')) throw refused()
})

await using muster = createOrchestrator({
  executors: [shop],
  slots: 1,
  retry: {
    maxAttempts: 3,
    // So short only so that the example is quick.
    baseDelayMs: 1,
    maxRetryAfterMs: 20,
    budget: { floor: 6 },
  },
})
const run = muster.run({
  tasks: [
    { id: 'start', kind: 'shop' },
    { id: 'quota', kind: 'shop', dependsOn: ['start'] },
    { id: 'cart', kind: 'shop', dependsOn: ['quota'] },
    { id: 'admin', kind: 'shop', dependsOn: ['cart'] },
    { id: 'payment', kind: 'shop', idempotent: false, dependsOn: ['cart', { on: 'admin', kind: 'soft' }] },
    { id: 'mail 1', kind: 'shop', dependsOn: [{ on: 'payment', kind: 'soft' }] },
    { id: 'mail 2', kind: 'shop', dependsOn: [{ on: 'mail 1', kind: 'soft' }] },
  ],
})
run.on('task-retrying', ({ task, n, because = 'lost', attemptsLeft, budgetLeft = 0, retryAfterMs }) => {
  const asked = retryAfterMs === undefined ? '' : `, after it was asked for ${retryAfterMs} ms`
  console.log(
    `${task}: attempt ${n} ${explainRetry(because)}${asked} (${attemptsLeft} left to it, ${budgetLeft} to the run)`,
  )
})
run.on('task-gave-up', ({ task, because, n }) => {
  console.log(`${task}: given up after attempt ${n}: ${explainGiveUp(because)}`)
})
const report = await run.report
for (const { id, verdict, attempts } of report.tasks) console.log(id, '-', verdict?.kind, `(${attempts.length})`)

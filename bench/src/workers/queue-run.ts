// The same number of tasks that do nothing through a queue that knows no dependencies.
import { Listr } from 'listr2'
import pLimit from 'p-limit'
import PQueue from 'p-queue'

const peer = process.argv[2]
const count = Number(process.argv[3])
const rounds = Number(process.argv[4] ?? 1)
const noop = async (): Promise<undefined> => undefined

async function run(): Promise<void> {
  if (peer === 'p-queue') {
    const queue = new PQueue({ concurrency: 64 })
    for (let i = 0; i < count; i++) void queue.add(noop)
    await queue.onIdle()
  } else if (peer === 'p-limit') {
    const limit = pLimit(64)
    await Promise.all(Array.from({ length: count }, () => limit(noop)))
  } else {
    const tasks = Array.from({ length: count }, (_, i) => ({ title: `task-${String(i)}`, task: noop }))
    await new Listr(tasks, { concurrent: 64, renderer: 'silent' }).run()
  }
}

let best = Infinity
for (let round = 0; round < rounds; round++) {
  globalThis.gc?.()
  const began = performance.now()
  await run()
  best = Math.min(best, performance.now() - began)
}
process.stdout.write(`${JSON.stringify({ us: (best * 1000) / count })}\n`)

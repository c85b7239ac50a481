// A suite in shards and in batches: what the splits are worth, and that none of them loses a test.
import { createOrchestrator, defineExecutor } from '@muster/core'
import {
  type BatchTest,
  checkShards,
  compareBatching,
  formBatches,
  partitionTests,
  splitFailedBatch,
} from '@muster/scheduler'

const tests: readonly BatchTest[] = Array.from({ length: 40 }, (_, at) => ({
  id: at % 4 === 0 ? `e2e/page-${at}` : `unit/file-${at}`,
  expectedMs: at % 4 === 0 ? 900 + 40 * at : 20 + at,
  setup: at % 4 === 0 ? 'browser' : 'database',
}))

console.log('shards')
const suite = [...tests, { id: 'e2e/new' }]
for (const by of ['slice', 'hash', 'duration'] as const) {
  const { imbalance, estimated } = partitionTests(suite, { shards: 4, by })
  console.log(`  ${by}: the longest is ${imbalance.expected.toFixed(2)} of the mean; ${estimated} test estimated`)
}

console.log('one machine said nothing, another ran an old list')
const { shards } = partitionTests(suite, { shards: 4 })
const taken = shards
  .slice(0, 3)
  .map((shard) => (shard.shard === 2 ? { shard: 2, tests: [...shard.tests, 'e2e/gone'] } : shard))
const check = checkShards(
  suite.map(({ id }) => id),
  { shards: 4, taken },
)
console.log(
  `  ${check.kind}: ${check.lost.length} lost, foreign ${check.foreign.join()}, silent ${check.silent.join()}`,
)

console.log('batches on 4 workers, a start costs 300 ms, a browser 2 s, a database 1 s')
const options = { workers: 4, startMs: 300, setupMs: (setup: string) => (setup === 'browser' ? 2000 : 1000) }
for (const { by, batches, makespanMs, gain } of compareBatching(tests, options))
  console.log(`  ${by}: ${batches} batches, ${(makespanMs / 1000).toFixed(1)} s, ${gain.toFixed(2)} times as fast`)

// A batch as a task whose payload lists its members; one that breaks is added again in parts.
let launches = 0
const results = new Map<string, string>()
const runBatch = defineExecutor<readonly string[]>('batch', ({ payload }) => {
  launches++
  if (payload.includes('unit/file-7')) throw new Error('the process ended')
  for (const id of payload) results.set(id, 'passed')
})
await using muster = createOrchestrator({ executors: [runBatch], slots: 4 })
let open: readonly (readonly BatchTest[])[] = formBatches(tests, options).map((batch) => batch.tests)
for (let round = 1; open.length > 0; round++) {
  const tasks = open.map((batch, at) =>
    runBatch.task({ id: `round ${round}, batch ${at}`, payload: batch.map(({ id }) => id) }),
  )
  await muster.run({ run: `round-${round}`, tasks }).report
  const broken = open.filter((batch) => batch.some(({ id }) => !results.has(id)))
  open = broken.flatMap((batch) => {
    const { again, blamed } = splitFailedBatch({ tests: batch }, [])
    if (blamed !== undefined) results.set(blamed, 'broke')
    return again
  })
}
const broke = [...results].filter(([, result]) => result === 'broke').map(([id]) => id)
console.log(`found: ${broke.join()} broke its batch, ${results.size - broke.length} tests passed, ${launches} launches`)

// Proves the store by the contract that every store of Muster keeps, then keeps a run in it and reads it back with a
// program that knows nothing of Muster.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, type Store } from '@muster/core'
import { storeContract, type StoreSubject } from '@muster/core/testing'
import { jsonLinesStore } from './json-lines-store.ts'

const folder = await mkdtemp(join(tmpdir(), 'own-store-'))
const paths = new Map<Store, string>()
const openAt = async (path: string): Promise<Store> => {
  const store = await jsonLinesStore(path)
  paths.set(store, path)
  return store
}
const again = (store: Store): Promise<Store> => openAt(paths.get(store) ?? '')
const subject: StoreSubject = { open: () => openAt(join(folder, `${paths.size}.jsonl`)), reopen: again, crash: again }

for (const { name, needs, run } of storeContract) {
  if (needs === 'elapse') continue // its leases last as long as the clock of the machine says
  await run(subject)
  console.log(`kept: ${name}`)
}

const greet = defineExecutor('greet', (task) => `Hello from ${task.id}`)
const path = join(folder, 'runs.jsonl')
{
  await using muster = createOrchestrator({ executors: [greet], store: await jsonLinesStore(path) })
  await muster.run({ run: 'first', tasks: [greet.task({ id: 'a' }), greet.task({ id: 'b', dependsOn: ['a'] })] }).report
}
const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
console.log(`${lines.length} lines, the first: ${lines[0]?.replace(/\d{9,}/, 'TIME')}`)

await using muster = createOrchestrator({ store: await jsonLinesStore(path) })
for (const { id, verdict } of (await muster.report('first')).tasks) console.log(id, verdict?.kind)
await rm(folder, { recursive: true })

// Proves the engine by the contract that every engine of Muster keeps, then runs something on it that would stop an
// application for good: a loop without end.
import { createOrchestrator, verdictSentence } from '@muster/core'
import { engineContract, type EngineSubject, type TrialTask } from '@muster/core/testing'
import { threadEngine } from './thread-engine.ts'

const module = new URL('./trial-executor.ts', import.meta.url).href
const create = () => threadEngine({ module, kinds: ['trial'], slots: 2 })
const trial = (id: string, does: TrialTask) => ({ id, kind: 'trial', payload: does })
const subject: EngineSubject = { create, task: trial, root: import.meta.dirname }

for (const { name, needs, run } of engineContract) {
  if (needs !== undefined) continue // promises about processes, of which there are none here
  await run(subject)
  console.log(`kept: ${name}`)
}

await using muster = createOrchestrator({ engines: [create()] })
const report = await muster.run({
  tasks: [
    { ...trial('endless', { kind: 'loop' }), timeoutMs: 100 },
    trial('crashing', { kind: 'crash' }),
    { ...trial('patient', { kind: 'pass' }), dependsOn: [{ on: 'endless', kind: 'soft' }] },
  ],
}).report
for (const { id, verdict } of report.tasks) {
  if (verdict !== undefined) console.log(`${id}: ${verdictSentence(verdict)}`)
}

// What both lives of the application share: the tasks, and a store that outlives them. Each body that really begins is
// written into a file of its own, so that nobody has to take Muster's word for how often something ran.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, type Orchestrator, type TaskDefinition } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'

const step = defineExecutor('step', async ({ id }, { root }) => {
  appendFileSync(join(root, 'witness.txt'), `${id} began\n`)
  if (process.argv.includes('hang') && id === 'step 3') await new Promise(() => undefined)
})

export const tasks: readonly TaskDefinition[] = [1, 2, 3, 4, 5].map((n) =>
  step.task({ id: `step ${n}`, dependsOn: n === 1 ? [] : [`step ${n - 1}`] }),
)

export function open(root: string): Orchestrator {
  return createOrchestrator({ root, executors: [step], store: sqlite(join(root, 'muster.db')), slots: 1 })
}

// Muster inside an application: a small service that checks what people hand in. Its runs outlive the process in a file, its
// own log hears every event, a person may cancel, misuse comes back as a code, and closing it leaves nothing behind.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createOrchestrator,
  defineExecutor,
  isMusterError,
  type Observer,
  type Orchestrator,
  type RunReport,
} from '@muster/core'
import { writeSummary } from '@muster/reports'
import { sqlite } from '@muster/stores/sqlite'

interface Submission {
  readonly text: string
}

const spelling = defineExecutor<Submission, number>('spelling', ({ payload }) => {
  if (payload.text.includes('teh')) throw new Error('"teh" is no word')
  return payload.text.split(' ').length
})
const review = defineExecutor<Submission>('review', async (_, { signal }) => {
  // Waits for a person; honouring the signal is what makes a cancel take effect at once.
  await new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('nobody came'))
    })
  })
})

class CheckingService implements AsyncDisposable {
  readonly #muster: Orchestrator

  constructor(folder: string, observer: Observer) {
    const store = sqlite(join(folder, 'checks.db'))
    this.#muster = createOrchestrator({ root: folder, executors: [spelling, review], store, observers: [observer] })
  }

  async check(id: string, text: string): Promise<RunReport> {
    const payload = { text }
    const run = this.#muster.run({
      run: id,
      tasks: [
        spelling.task({ id: 'spelling', payload }),
        review.task({ id: 'review', payload, dependsOn: ['spelling'] }),
      ],
    })
    run.on('attempt-started', ({ task }) => {
      if (task === 'review') run.cancel({ kind: 'task', task }, 'the author')
    })
    return run.report
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#muster.close()
  }
}

const folder = await mkdtemp(join(tmpdir(), 'embedding-'))
const log: Observer = {
  name: 'log',
  event: (event) => {
    if (event.kind === 'task-judged') console.log(`[log] ${event.task}: ${event.verdict.kind}`)
  },
}
{
  await using service = new CheckingService(folder, log)
  console.log(`essay-1 ${(await service.check('essay-1', 'the cat sat')).exit}`)
  const report = await service.check('essay-2', 'teh cat sat')
  console.log(`essay-2 ${report.exit}`)
  console.log(writeSummary(report, { format: 'text' }).split('\n')[0])
  try {
    await service.check('essay-1', 'again')
  } catch (error) {
    if (isMusterError(error)) console.log(`${error.code}: ${error.remedy}`)
  }
}
await rm(folder, { recursive: true })

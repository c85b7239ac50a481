// Two owners of one run on one machine: the later one has it, and whatever the former one does on its way out must leave the
// later one's processes alone.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Engine } from '../../ports/engine.ts'
import type { AttemptSignal } from '../../run/signal.ts'
import { localEngine } from './local-engine.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster owners-')))
const run = 'taken over'
const module = new URL('./fixtures/scripted-executor.ts', import.meta.url).href

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

/** One owner's engine, and a way to wait for what it tells of its attempts. */
class Owner {
  readonly engine: Engine = localEngine({ executors: { scripted: { module, options: {} } }, slots: 1, graceMs: 200 })
  readonly #signals: AttemptSignal[] = []
  #warned = (): void => undefined
  #told = (): void => undefined

  /** Resolves when the engine has something to warn of. */
  readonly warned = new Promise<void>((resolve) => {
    this.#warned = resolve
  })

  async attach(epoch: number): Promise<void> {
    await this.engine.attach(
      {
        run,
        epoch,
        root,
        deliver: (signal) => {
          if ('attempt' in signal) this.#signals.push(signal)
          this.#told()
        },
        news: () => undefined,
        warn: this.#warned,
      },
      [],
    )
  }

  launch(task: number): void {
    const definition = { id: `task ${task}`, kind: 'scripted', payload: { steps: [['wait']] } }
    const attempt = { run, task, n: 1 }
    this.engine.launch([{ attempt, worker: 'local', task: definition, timeoutMs: undefined }])
  }

  /** The next signal that has not been read. */
  async next(): Promise<AttemptSignal> {
    for (;;) {
      const signal = this.#signals.shift()
      if (signal !== undefined) return signal
      await new Promise<void>((resolve) => {
        this.#told = resolve
      })
    }
  }
}

test('an owner that was taken over ends nothing of the next one', { timeout: 60_000 }, async () => {
  const former = new Owner()
  const next = new Owner()
  await former.attach(1)
  former.launch(0)
  expect((await former.next()).kind).toBe('attempt-started')
  await next.attach(2)
  next.launch(1)
  expect((await next.next()).kind).toBe('attempt-started')
  // The former one sees its supervisor gone, then learns why and lets go.
  await former.warned
  await former.engine.detach(run, 'taken-over')
  next.engine.cancel({ run, task: 1, n: 1 }, 'the end of the test')
  expect(await next.next()).toMatchObject({ kind: 'attempt-ended', outcome: { result: 'cancelled' } })
  await Promise.all([former.engine.close(), next.engine.close()])
})

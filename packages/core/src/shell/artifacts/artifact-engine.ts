// Gives every attempt of an engine on this machine a folder of its own, and keeps what it left behind before the run hears
// that it has ended: an outcome that names a file names one that is there. An engine around another one, so that in-process
// and child-process attempts follow one set of rules, and nothing of it runs in a process of the tests.
import { resolve } from 'node:path'
import type { ArtifactSettings } from '../../artifacts/artifact-options.ts'
import { messageOf } from '../../errors/message-of.ts'
import { makeFailure } from '../../failure/make-failure.ts'
import type { AttemptRef } from '../../model/attempt.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Engine, EngineContext, LaunchCommand } from '../../ports/engine.ts'
import { realRoot } from '../real-root.ts'
import { AttemptFiles, InputsMissing } from './attempt-files.ts'

type Deliver = EngineContext['deliver']
type Delivered = Parameters<Deliver>
type Ended = Extract<Delivered[0], { kind: 'attempt-ended' }>

/** One run served by the engine inside. */
class ServedRun {
  readonly #engine: Engine
  readonly #settings: ArtifactSettings
  readonly #context: EngineContext
  readonly #root: string
  readonly #open = new Map<string, AttemptFiles>()
  /** Attempts whose inputs are being copied, and why they were cancelled meanwhile. */
  readonly #preparing = new Map<string, { cancelled: string | undefined }>()
  /** Ends that are told once their files are kept. */
  readonly #keeping = new Map<string, Promise<void>>()
  /** Work that a detach waits for. */
  readonly #pending = new Set<Promise<void>>()
  #isClosed = false

  constructor(engine: Engine, settings: ArtifactSettings, context: EngineContext) {
    this.#engine = engine
    this.#context = context
    this.#root = realRoot(context.root)
    this.#settings = { ...settings, dir: resolve(this.#root, settings.dir) }
  }

  /** What the engine inside is given instead. */
  get context(): EngineContext {
    return {
      ...this.#context,
      deliver: (...told) => {
        this.#deliver(told)
      },
    }
  }

  launch(command: LaunchCommand): void {
    const key = keyOf(command.attempt)
    // Sent again: it is on its way already, and the engine inside knows that it has it.
    if (this.#preparing.has(key)) return
    if (this.#open.has(key)) {
      this.#engine.launch([command])
      return
    }
    let files: AttemptFiles
    try {
      files = this.#filesOf(command)
    } catch (error) {
      this.#context.deliver({ kind: 'attempt-refused', attempt: command.attempt, because: noFolder(error) })
      return
    }
    this.#open.set(key, files)
    if (files.isReady) this.#engine.launch([{ ...command, folders: files.folders }])
    else this.#after(this.#launchWithInputs(command, files))
  }

  cancel(attempt: AttemptRef, because: string): void {
    const preparing = this.#preparing.get(keyOf(attempt))
    if (preparing === undefined) this.#engine.cancel(attempt, because)
    else preparing.cancelled ??= because
  }

  close(): void {
    this.#isClosed = true
  }

  /** Resolves when nothing is being kept or removed any more. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  #filesOf({ attempt, task }: LaunchCommand): AttemptFiles {
    return new AttemptFiles({ settings: this.#settings, root: this.#root, run: attempt.run, n: attempt.n, task })
  }

  async #launchWithInputs(command: LaunchCommand, files: AttemptFiles): Promise<void> {
    const { attempt } = command
    const key = keyOf(attempt)
    const preparing: { cancelled: string | undefined } = { cancelled: undefined }
    this.#preparing.set(key, preparing)
    try {
      await files.copyInputs()
    } catch (error) {
      this.#preparing.delete(key)
      if (!this.#isClosed) this.#deliver([{ kind: 'attempt-ended', attempt, outcome: withoutInputs(error) }])
      return
    }
    this.#preparing.delete(key)
    if (this.#isClosed) return
    this.#engine.launch([{ ...command, folders: files.folders }])
    if (preparing.cancelled !== undefined) this.#engine.cancel(attempt, preparing.cancelled)
  }

  #deliver([signal, acknowledge]: Delivered): void {
    switch (signal.kind) {
      case 'attempt-ended': {
        const key = keyOf(signal.attempt)
        const files = this.#open.get(key)
        this.#open.delete(key)
        const first = this.#keeping.get(key)
        // Told twice: the first copy counts, and it is the one that names what was kept.
        if (first !== undefined) this.#tellAfter([first], [signal, acknowledge])
        else if (files === undefined) this.#context.deliver(signal, acknowledge)
        else this.#end(files, signal, acknowledge)
        return
      }
      case 'attempt-lost':
      case 'attempt-refused':
        this.#leave(signal.attempt)
        this.#context.deliver(signal, acknowledge)
        return
      case 'worker-joined':
      case 'worker-draining':
      case 'worker-left':
        // What ended before a worker left must be heard before, or it would count as lost with it.
        if (this.#pending.size === 0) this.#context.deliver(signal, acknowledge)
        else this.#tellAfter([...this.#pending], [signal, acknowledge])
        return
      case 'attempt-started':
        this.#context.deliver(signal, acknowledge)
    }
  }

  #end(files: AttemptFiles, signal: Ended, acknowledge: Delivered[1]): void {
    const removal = files.removeIfEmpty(signal.outcome.artifacts)
    if (removal === undefined) {
      this.#keep(keyOf(signal.attempt), this.#keepThenTell(signal, acknowledge, files))
      return
    }
    this.#after(removal)
    this.#context.deliver(signal, acknowledge)
  }

  #keep(key: string, work: Promise<void>): void {
    this.#keeping.set(key, work)
    this.#after(
      work.finally(() => {
        this.#keeping.delete(key)
      }),
    )
  }

  #tellAfter(work: readonly Promise<void>[], [signal, acknowledge]: Delivered): void {
    const tell = async (): Promise<void> => {
      await Promise.allSettled(work)
      if (!this.#isClosed) this.#context.deliver(signal, acknowledge)
    }
    this.#after(tell())
  }

  async #keepThenTell(signal: Ended, acknowledge: Delivered[1], files: AttemptFiles): Promise<void> {
    const { artifacts, notes } = await files.collect(signal.outcome.artifacts)
    if (!this.#isClosed) {
      for (const note of notes) this.#context.warn(note)
      this.#context.deliver({ ...signal, outcome: withArtifacts(signal.outcome, artifacts) }, acknowledge)
    }
    try {
      await files.clear()
    } catch (error) {
      if (!this.#isClosed) this.#context.warn(`A folder of an attempt could not be removed: ${messageOf(error)}`)
    }
  }

  #leave(attempt: AttemptRef): void {
    const where = this.#open.get(keyOf(attempt))?.leave()
    this.#open.delete(keyOf(attempt))
    if (where !== undefined) this.#context.warn(`What a lost attempt had written is left in ${where}.`)
  }

  #after(work: Promise<void>): void {
    this.#pending.add(work)
    const done = (): void => {
      this.#pending.delete(work)
    }
    work.then(done, done)
  }
}

/** An engine whose attempts have folders of their own and whose outcomes name what was kept. */
export function artifactEngine(engine: Engine, settings: ArtifactSettings): Engine {
  const runs = new Map<string, ServedRun>()
  const release = async (run: string): Promise<void> => {
    const served = runs.get(run)
    runs.delete(run)
    await served?.settled()
  }
  return {
    name: engine.name,
    attach: async (context, open) => {
      await release(context.run)
      const served = new ServedRun(engine, settings, context)
      runs.set(context.run, served)
      return engine.attach(served.context, open)
    },
    launch: (commands) => {
      for (const command of commands) {
        const served = runs.get(command.attempt.run)
        if (served === undefined) engine.launch([command])
        else served.launch(command)
      }
    },
    cancel: (attempt, because) => {
      const served = runs.get(attempt.run)
      if (served === undefined) engine.cancel(attempt, because)
      else served.cancel(attempt, because)
    },
    recall: (attempt) => {
      engine.recall?.(attempt)
    },
    detach: async (run, why) => {
      runs.get(run)?.close()
      await engine.detach(run, why)
      await release(run)
    },
    close: async () => {
      for (const served of runs.values()) served.close()
      await engine.close()
      await Promise.all([...runs.keys()].map(release))
    },
  }
}

function withArtifacts({ artifacts: _, ...outcome }: Outcome, artifacts: NonNullable<Outcome['artifacts']>): Outcome {
  return artifacts.length === 0 ? outcome : { ...outcome, artifacts }
}

/** Nobody can say what a test does without what it needs: it is not tried at all. */
function withoutInputs(error: unknown): Outcome {
  const message = `The inputs of the task cannot be copied: ${messageOf(error)}`
  const category = error instanceof InputsMissing ? 'configuration' : 'environment'
  return { result: 'failed', durationMs: 0, failure: makeFailure({ category, message, evidence: ['inputs missing'] }) }
}

function noFolder(error: unknown): string {
  return `no folder for its files can be made: ${messageOf(error)}`
}

function keyOf({ task, n }: AttemptRef): string {
  return `${task}:${n}`
}

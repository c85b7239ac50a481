// What an engine is given of a run: where its signals, its news and its words go.
import type { Engine, EngineContext, ProvisionalNews } from '../ports/engine.ts'
import type { KernelSignal } from '../run/judge-signal.ts'

/** The run as its driver shows it to an engine. */
export interface ServedRun {
  readonly run: string
  readonly epoch: number
  readonly root: string
  readonly tell: (signal: KernelSignal, acknowledge?: () => void) => void
  readonly news: (news: ProvisionalNews) => void
  readonly note: (text: string) => void
}

/** The context of one engine. */
export function engineContext({ name }: Engine, { run, epoch, root, tell, news, note }: ServedRun): EngineContext {
  return {
    run,
    epoch,
    root,
    deliver: (signal, acknowledge) => {
      if (signal.kind !== 'worker-joined' || signal.worker.engine === name) tell(signal, acknowledge)
      // Launches find their way by this name.
      else tell({ ...signal, worker: { ...signal.worker, engine: name } }, acknowledge)
    },
    news,
    warn: (message) => {
      note(`${name}: ${message}`)
    },
  }
}

// Lets a worker's slots follow the load of the machine: an engine around another one that tells the kernel of fewer or more
// slots as time goes on. The engine inside has room for the most that can ever be asked.
import { adaptSlots } from '../run/decide-slots.ts'
import type { MachineLoad } from '../run/decide-slots.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { WorkerSignal } from '../run/signal.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { Engine, EngineContext } from '../ports/engine.ts'

/** How often the machine is looked at, in milliseconds. */
const periodMs = 2_000

/** What an adaptive engine is made of. */
export interface AdaptiveEngineParts {
  readonly engine: Engine
  readonly clock: Clock
  /** Slots to begin with. */
  readonly slots: number
  readonly readMachine: () => MachineLoad
}

type WorkerJoined = Extract<WorkerSignal, { readonly kind: 'worker-joined' }>

/** An engine whose workers have as many slots as the machine can bear. */
export function adaptiveEngine({ engine, clock, slots, readMachine }: AdaptiveEngineParts): Engine {
  const watched = new Map<string, CancelWait>()
  const stop = (run: string): void => {
    watched.get(run)?.()
    watched.delete(run)
  }
  const watch = (context: EngineContext, joined: WorkerJoined, now: number): void => {
    const cancel = clock.after(periodMs, () => {
      const next = adaptSlots(now, readMachine())
      if (next !== now) context.deliver({ ...joined, worker: withSlots(joined.worker, next) })
      watch(context, joined, next)
    })
    watched.set(context.run, cancel)
  }
  return {
    name: engine.name,
    attach: (context, open) => {
      stop(context.run)
      const deliver: EngineContext['deliver'] = (signal, acknowledge) => {
        if (signal.kind !== 'worker-joined') {
          // One that goes must not be brought back by a change of the load.
          if (signal.kind === 'worker-left' || signal.kind === 'worker-draining') stop(context.run)
          context.deliver(signal, acknowledge)
        } else {
          stop(context.run)
          context.deliver({ ...signal, worker: withSlots(signal.worker, slots) }, acknowledge)
          watch(context, signal, slots)
        }
      }
      return engine.attach({ ...context, deliver }, open)
    },
    launch: (commands) => {
      engine.launch(commands)
    },
    cancel: (attempt, because) => {
      engine.cancel(attempt, because)
    },
    recall: (attempt) => {
      engine.recall?.(attempt)
    },
    detach: (run, why) => {
      stop(run)
      return engine.detach(run, why)
    },
    close: () => {
      for (const run of [...watched.keys()]) stop(run)
      return engine.close()
    },
  }
}

/** It has more slots than it is said to have, so it would begin at once what it is given to wait. */
function withSlots({ prefetch: _, ...worker }: WorkerDefinition, slots: number): WorkerDefinition {
  return { ...worker, capacity: { ...worker.capacity, slots } }
}

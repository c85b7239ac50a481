// A policy that refuses: long tasks may not take every slot of a worker, so a quick one never waits for them to end. It
// looks at what the worker has free and so needs no memory of its own.
import type { Policy } from '@muster/core'

/** Keeps `slots` slots of every worker free of tasks tagged `long`. */
export function leaveRoom(slots: number): Policy {
  return {
    name: 'leave-room',
    key: () => 0,
    admit({ definition: { tags = [] } }, worker) {
      if (!tags.includes('long') || worker.free('slots') > slots) return undefined
      const because = `a long task leaves ${slots} slot of ${worker.definition.id} free`
      return { by: 'leave-room', because, wakesOn: 'capacity' }
    },
  }
}

// The body of the tasks of `crash --busy`: some hold their process for seconds, so that nothing else in it gets a turn. It
// tells a witness that Muster knows nothing of when it starts and ends.
import { openSync, writeSync } from 'node:fs'
import type { Executor } from '@muster/core'

interface Payload {
  readonly blockMs: number
}

/** The executor that the local engine loads. */
export function createExecutor({ witness }: { readonly witness: string }): Executor<Payload> {
  // Opened for appending: each line is written whole, whoever else writes.
  const file = openSync(witness, 'a')
  return {
    kind: 'busy',
    async execute(task) {
      writeSync(file, `start ${task.id}\n`)
      const began = performance.now()
      while (performance.now() - began < task.payload.blockMs);
      writeSync(file, `end ${task.id}\n`)
      return { outcome: { result: 'passed', durationMs: performance.now() - began } }
    },
  }
}

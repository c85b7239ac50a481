// The body of the tasks of `crash`: it says when it starts and ends to a witness that Muster knows nothing of, and some
// leave a process behind that has to be gone with them.
import { spawn } from 'node:child_process'
import { openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Executor } from '@muster/core'

interface Payload {
  readonly ms: number
  /** Start a process that would live for a minute. */
  readonly leavesChild: boolean
}

/** The executor that the local engine loads. */
export function createExecutor({ witness }: { readonly witness: string }): Executor<Payload> {
  // Opened for appending: each line is written whole, whoever else writes.
  const file = openSync(witness, 'a')
  return {
    kind: 'sleep',
    async execute(task, { n, env }) {
      writeSync(file, `start ${task.id} ${String(n)}\n`)
      if (task.payload.leavesChild) spawn('sleep', ['60'], { env, stdio: 'ignore', detached: true }).unref()
      await wait(task.payload.ms)
      writeSync(file, `end ${task.id} ${String(n)}\n`)
      return { outcome: { result: 'passed', durationMs: task.payload.ms } }
    },
  }
}

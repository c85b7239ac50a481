// The program of a thread that runs one attempt. It writes to the supervisor itself, and waits until that is done: what was
// reported is on its way even where the next line of the test ends the thread or the process.
import { writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import { parentPort } from 'node:worker_threads'
import { AgentCommands } from './agent-commands.ts'
import type { AgentCommand } from './messages.ts'

/** While the supervisor has no room for more, how long to wait between two tries, in milliseconds. */
const waitMs = 1
const sleeper = new Int32Array(new SharedArrayBuffer(4))

const channel = new Writable({
  write(bytes: Buffer, _encoding, done) {
    try {
      writeAll(bytes)
      done()
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  },
})
// A test has closed the descriptor: the supervisor sees it as well, and ends the process.
channel.on('error', () => undefined)

const commands = new AgentCommands(channel, () => parentPort?.postMessage('finished'))
parentPort?.on('message', (command: AgentCommand) => {
  commands.obey(command)
})

function writeAll(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(3, bytes, at)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(sleeper, 0, 0, waitMs)
    }
  }
}

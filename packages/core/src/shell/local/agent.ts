// The program of an agent: it loads executors and runs attempts, one at a time, in the only process that runs code of
// strangers. It speaks with its supervisor on file descriptor 3 and ends when that closes.
import { Socket } from 'node:net'
import { readLines } from '../read-lines.ts'
import { AgentWork } from './agent-work.ts'
import { type AgentCommand, longestMessageBytes } from './messages.ts'
import { type MessageShapes, readMessage } from './read-message.ts'

const shapes: MessageShapes<AgentCommand> = {
  serve: { run: 'string', root: 'string', epoch: 'number', slot: 'number', env: 'object', executors: 'object' },
  run: { task: 'number', n: 'number', definition: 'object', limits: 'object', mark: 'string', placeFile: 'string' },
  abort: { cause: 'object' },
  stop: {},
}

const channel = new Socket({ fd: 3, readable: true, writable: true })
let work: AgentWork | undefined

function obey(command: AgentCommand): void {
  switch (command.kind) {
    case 'serve':
      work = new AgentWork(command, channel)
      return
    case 'run':
      work?.run(command)
      return
    case 'abort':
      work?.stop(command.cause)
      return
    case 'stop':
      void work?.close().finally(() => process.exit(0))
      return
  }
}

channel.on('error', () => undefined)
channel.on('close', () => {
  // Without a supervisor nobody would end what was started here. The group goes with us.
  work?.killRest()
  process.kill(process.pid, 'SIGKILL')
})
// A test may close them. What cannot be printed is lost, and its supervisor says so.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
process.on('uncaughtException', (error) => {
  // A test runner that listens as well knows better whose error it is.
  if (process.listenerCount('uncaughtException') === 1) work?.crash(error)
})
readLines(
  channel,
  (line) => {
    const command = readMessage(line, shapes)
    if (command !== undefined) obey(command)
  },
  longestMessageBytes,
)

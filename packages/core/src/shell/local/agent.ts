// The program of an agent: it loads executors and runs attempts, one at a time, in the only process that runs code of
// strangers. It speaks with its supervisor on file descriptor 3 and ends when that closes.
import { Socket } from 'node:net'
import { readLines } from '../read-lines.ts'
import { signalGroup, signalProcess } from '../signal-group.ts'
import { AgentCommands } from './agent-commands.ts'
import { AgentThreads } from './agent-threads.ts'
import { SlotCgroup } from './cgroups/slot-cgroup.ts'
import { type AgentCommand, longestMessageBytes } from './messages.ts'
import { type MessageShapes, readMessage } from './read-message.ts'
import { findRunProcesses } from './run-processes.ts'

const shapes: MessageShapes<AgentCommand> = {
  serve: {
    ...{ run: 'string', root: 'string', epoch: 'number', slot: 'number' },
    ...{ env: 'object', executors: 'object', isolation: 'string' },
  },
  run: {
    ...{ task: 'number', n: 'number', definition: 'object', limits: 'object' },
    ...{ mark: 'string', placeFile: 'string' },
  },
  abort: { cause: 'object' },
  prepare: { kinds: 'object' },
  stop: {},
}

const channel = new Socket({ fd: 3, readable: true, writable: true })
const own = new AgentCommands(channel)
let threads: AgentThreads | undefined
let serving: Extract<AgentCommand, { kind: 'serve' }> | undefined

function obey(command: AgentCommand): void {
  if (command.kind === 'serve') {
    serving = command
    threads = new AgentThreads(command)
  }
  if (command.kind === 'run' && threads?.isFor(command.definition.kind) === true) {
    threads.run(command)
    return
  }
  if (command.kind === 'abort') threads?.abort(command)
  if (command.kind === 'prepare') {
    // A thread is made for each attempt, and loads its executor itself.
    const kinds = command.kinds.filter((kind) => threads?.isFor(kind) !== true)
    own.obey({ ...command, kinds })
    return
  }
  own.obey(command)
}

/** Kills what was started from here, and itself. */
function killAllOfUs(): void {
  if (serving?.cgroup !== undefined) new SlotCgroup(serving.cgroup).kill()
  for (const pid of serving === undefined ? [] : findRunProcesses(serving)) signalProcess(pid, 'SIGKILL')
  signalGroup(process.pid, 'SIGKILL')
  process.kill(process.pid, 'SIGKILL')
}

channel.on('error', () => undefined)
// Without a supervisor nobody would end what was started here. The group goes with us.
channel.on('close', killAllOfUs)
readLines(
  channel,
  (line) => {
    const command = readMessage(line, shapes)
    if (command !== undefined) obey(command)
  },
  longestMessageBytes,
)

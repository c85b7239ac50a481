// The program of a supervisor: commands come in on standard input, signals go out on standard output. When the input ends,
// its coordinator is dead, and it takes its whole tree down with it.
import { endUnwatched } from '../end-unwatched.ts'
import { readLines } from '../read-lines.ts'
import { longestMessageBytes, type SupervisorCommand, type SupervisorSignal } from './messages.ts'
import { type MessageShapes, readMessage, writeMessage } from './read-message.ts'
import { SlotSupervisor } from './slot-supervisor.ts'

const ofAttempt = { task: 'number', n: 'number' } as const
const shapes: MessageShapes<SupervisorCommand> = {
  serve: {
    run: 'string',
    root: 'string',
    epoch: 'number',
    slot: 'number',
    fence: 'object',
    recycle: 'object',
    env: 'object',
    executors: 'object',
    isolation: 'string',
  },
  prepare: { kinds: 'object' },
  run: { ...ofAttempt, definition: 'object', limits: 'object' },
  cancel: { ...ofAttempt, because: 'string' },
  stop: {},
}
/** While this many bytes wait for the coordinator, news is dropped: what is kept of the output comes with the end. */
const mostWaitingBytes = 1024 * 1024
const lossy: ReadonlySet<SupervisorSignal['kind']> = new Set(['output', 'progress', 'case', 'beat'])

let slot: SlotSupervisor | undefined
let isLeaving = false

function tell(signal: SupervisorSignal): void {
  if (lossy.has(signal.kind) && process.stdout.writableLength > mostWaitingBytes) return
  process.stdout.write(writeMessage(signal))
}

function obey(command: SupervisorCommand): void {
  switch (command.kind) {
    case 'serve':
      slot = new SlotSupervisor(command, tell)
      setInterval(() => slot?.beat(), command.beatMs)
      tell({ kind: 'ready' })
      return
    case 'prepare':
      slot?.prepare(command)
      return
    case 'run':
      slot?.run(command)
      return
    case 'cancel':
      slot?.cancel(command)
      return
    case 'stop':
      leave(slot?.close())
      return
  }
}

/** Exit codes: 0 for a clean leave, 1 where something could not be ended. */
function leave(ending: Promise<void> | undefined): void {
  if (isLeaving) return
  isLeaving = true
  Promise.resolve(ending).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`, () => process.exit(1))
    },
  )
}

function abandon(): void {
  // A coordinator that goes while it waits for a clean leave waits no more.
  isLeaving = false
  leave(slot?.abandon())
}

/** The coordinator is gone: what remains of us must not outlive it, whatever comes of it. */
function abandonUnwatched(): void {
  isLeaving = true
  void Promise.resolve(slot?.abandon()).finally(endUnwatched)
}

process.stdout.on('error', abandon)
process.stdin.on('end', abandonUnwatched).on('close', abandonUnwatched)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, abandon)
readLines(
  process.stdin,
  (line) => {
    const command = readMessage(line, shapes)
    if (command === undefined) tell({ kind: 'warning', text: 'A supervisor was sent a message that it does not know.' })
    else obey(command)
  },
  longestMessageBytes,
)

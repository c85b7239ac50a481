// The database thread. Syncing a commit to disk blocks for as long as the disk takes, so it happens here; what has come in
// meanwhile goes into the next transaction together. It must run from the sources too, so it imports no package.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type {
  AppendRequest,
  ThreadAnswer,
  ThreadCall,
  ThreadRequest,
  ThreadResult,
  ThreadSettings,
} from '../thread-messages.ts'
import { failureFrom } from './store-trouble.ts'
import { WriterDatabase } from './writer-database.ts'

/** A transaction takes no more text than this, in characters, so that its answer does not wait for ever. */
const charactersPerTransaction = 16_000_000

const settings = settingsOf(workerData)
const port = parentPort
let database: WriterDatabase | undefined
let renewal: NodeJS.Timeout | undefined
let renewEveryMs: number | undefined
let waiting: ThreadRequest[] = []

port?.on('message', (requests: readonly ThreadRequest[]) => {
  waiting.push(...requests)
  takeWhatHasCome()
  while (waiting.length > 0) {
    const answers: ThreadAnswer[] = []
    const appends = takeAppends()
    if (appends.length > 0) appendAll(appends, answers)
    else {
      const next = waiting.shift()
      if (next?.kind === 'call') answers.push({ kind: 'answered', id: next.id, result: carryOut(next.call) })
    }
    port.postMessage(answers)
    takeWhatHasCome()
  }
  scheduleRenewal()
})

function takeWhatHasCome(): void {
  if (port === null) return
  for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
    const requests: unknown = more.message
    if (areRequests(requests)) waiting.push(...requests)
  }
}

/** What comes through the port is our own store's, so its shape is only named here, not doubted. */
function areRequests(message: unknown): message is readonly ThreadRequest[] {
  return Array.isArray(message)
}

function settingsOf(given: unknown): ThreadSettings {
  if (areSettings(given)) return given
  throw new Error('Expected the settings of a store.')
}

function areSettings(given: unknown): given is ThreadSettings {
  return typeof given === 'object' && given !== null && 'path' in given && 'maxBytes' in given
}

/** The appends at the head of the queue, as many as one transaction may hold. */
function takeAppends(): readonly AppendRequest[] {
  const appends: AppendRequest[] = []
  let characters = 0
  for (const request of waiting) {
    if (request.kind !== 'append' || characters > charactersPerTransaction) break
    appends.push(request)
    characters += request.bytes.length
    for (const { text } of request.details ?? []) characters += text.length
  }
  waiting = waiting.slice(appends.length)
  return appends
}

function appendAll(appends: readonly AppendRequest[], answers: ThreadAnswer[]): void {
  const refusals = database?.appendAll(appends) ?? []
  for (const { number, failure } of refusals) answers.push({ kind: 'refused', number, failure })
  const last = appends.at(-1)
  if (last !== undefined) answers.push({ kind: 'stored', through: last.number })
}

function carryOut(call: ThreadCall): ThreadResult {
  try {
    return perform(call)
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, tryingTo[call.kind], settings) }
  }
}

function perform(call: ThreadCall): ThreadResult {
  if (call.kind === 'close') return close()
  // Opening is tried again by the next call where it failed: what held the file may have let go.
  database ??= new WriterDatabase(settings)
  switch (call.kind) {
    case 'prepare':
      return { kind: 'done' }
    case 'create-run':
      database.createRun(call.run, call.name, call.createdAtWallMs)
      return { kind: 'done' }
    case 'open-journal':
      return { kind: 'opened', ...database.openJournal(call) }
    case 'heartbeat':
      database.heartbeat(call.writer)
      return { kind: 'done' }
    case 'close-journal':
      database.closeJournal(call.writer)
      return { kind: 'done' }
    case 'delete-runs':
      return { kind: 'counted', count: database.deleteRuns(call.runs) }
    case 'fold-history':
      return { kind: 'said', yes: database.foldHistory(call.run, call.records, call.guard) }
  }
}

function close(): ThreadResult {
  database?.close()
  database = undefined
  port?.unref()
  return { kind: 'done' }
}

/** The timer is left alone while it is right: set anew by every message it would never come due. */
function scheduleRenewal(): void {
  const wantedMs = database?.renewEveryMs
  if (wantedMs === renewEveryMs) return
  renewEveryMs = wantedMs
  clearInterval(renewal)
  if (wantedMs !== undefined) renewal = setInterval(() => database?.renewLeases(), wantedMs)
}

const tryingTo: Readonly<Record<ThreadCall['kind'], string>> = {
  prepare: 'open the database',
  'create-run': 'create a run',
  'open-journal': 'open a journal',
  heartbeat: 'renew a lease',
  'close-journal': 'give a run back',
  'delete-runs': 'delete runs',
  'fold-history': 'fold a run into the history',
  close: 'close the database',
}

// Everything that takes in what others wrote, as one function of a text each. A reader may answer, or throw a `MusterError`;
// anything else that it throws is a crash. Those that are not public are taken from the sources.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fifo, type JournalRow, type Store } from '@muster/core'
import { readCtrf, readJunit, readReportJson, readResults, readTap } from '@muster/reports'
import type { Corpus } from './corpus.ts'

/** One thing that reads what others wrote. */
export interface Reader {
  readonly name: keyof Corpus
  /** How many of 100 inputs it gets. */
  readonly share: number
  readonly read: (text: string) => unknown
}

const packages = join(import.meta.dirname, '../../../packages')

/** A module of the sources, as far as it is used here. */
async function source<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(packages, path)).href)) as Module
}

type ReadText = (text: string) => unknown
interface Rounds {
  add(event: unknown): void
  end(how: object): unknown
}

/** All of them. */
export async function openReaders(): Promise<readonly Reader[]> {
  const { readSupervisorSignal } = await source<{ readSupervisorSignal: ReadText }>(
    'core/src/shell/local/read-supervisor-signal.ts',
  )
  const { readMessage } = await source<{
    readMessage: (line: string, shapes: object) => { result?: { outcome?: unknown; details?: unknown } } | undefined
  }>('core/src/shell/local/read-message.ts')
  const { readResult, isCase } = await source<{
    readResult: (outcome: unknown, details: unknown) => unknown
    isCase: (value: unknown) => boolean
  }>('core/src/shell/read-result.ts')
  const { readRun } = await source<{
    readRun: (store: Pick<Store, 'readJournal' | 'findRun'>, run: string, policy: unknown) => Promise<unknown>
  }>('core/src/shell/read-journal.ts')
  const { readNodeEvent } = await source<{ readNodeEvent: ReadText }>('runners/src/node/read-node-event.ts')
  const { FileRounds } = await source<{ FileRounds: new (file: string, report: (one: unknown) => void) => Rounds }>(
    'runners/src/node/file-rounds.ts',
  )
  const { readTrace } = await source<{ readTrace: ReadText }>('runners/src/vitest/trace.ts')
  const { failureOfErrors } = await source<{ failureOfErrors: (errors: readonly unknown[]) => unknown }>(
    'runners/src/vitest/failure-of-error.ts',
  )
  const { checkConfig } = await source<{ checkConfig: (given: unknown, path: string) => unknown }>(
    'cli/src/config/check-config.ts',
  )
  const at = { source: 'the input' }
  return [
    { name: 'junit', share: 20, read: (text) => (text.length % 2 === 0 ? readJunit(text, at) : readResults(text, at)) },
    { name: 'tap', share: 18, read: (text) => readTap(text, at) },
    { name: 'ctrf', share: 12, read: (text) => readCtrf(text, at) },
    { name: 'report', share: 4, read: (text) => readReportJson(text, at) },
    { name: 'supervisor', share: 12, read: readSupervisorSignal },
    {
      name: 'agent',
      share: 10,
      read: (text) => {
        const signal = readMessage(text, agentShapes)
        return signal?.result === undefined
          ? signal
          : [isCase(signal.result), readResult(signal.result.outcome, signal.result.details)]
      },
    },
    {
      name: 'node',
      share: 10,
      read: (text) => {
        const cases: unknown[] = []
        const rounds = new FileRounds('a.test.mjs', (one) => cases.push(one))
        for (const line of text.split('\n')) {
          const event = readNodeEvent(line)
          if (event !== undefined) rounds.add(event)
        }
        const ended = rounds.end({ ending: { kind: 'exited', code: 1 }, stderrTail: text.slice(0, 2000), isLast: true })
        if (!cases.every(isCase)) throw new TypeError('a case of node:test does not fit its schema')
        return readResult(ended, undefined)
      },
    },
    {
      name: 'vitest',
      share: 4,
      read: (text) => {
        const parsed = parsedOrText(text)
        return [readTrace(text), failureOfErrors([parsed])]
      },
    },
    { name: 'config', share: 4, read: (text) => checkConfig(parsedOrText(text), 'muster.config.json') },
    {
      name: 'journal',
      share: 6,
      read: (text) => readRun(storeOf(text), 'small', fifo()),
    },
  ]
}

/** The fields that a supervisor asks for in what its agent says. */
const ofAttempt = { task: 'number', n: 'number' }
const agentShapes = {
  begun: ofAttempt,
  progress: { ...ofAttempt, fraction: 'number' },
  output: { ...ofAttempt, stream: 'string', text: 'string' },
  case: { ...ofAttempt, result: 'object' },
  done: { ...ofAttempt, result: 'object', keepsProcesses: 'boolean' },
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function storeOf(text: string): Pick<Store, 'readJournal' | 'findRun'> {
  const rows = text.split('\n').map((bytes, at): JournalRow => ({ seq: at + 1, epoch: 1, bytes }))
  return {
    async *readJournal() {
      yield rows
    },
    findRun: () => Promise.resolve(undefined),
  }
}

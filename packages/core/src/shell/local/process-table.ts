// Who runs on this machine and to whom it belongs. On Linux every process can be asked for the environment it was started
// with, so that what left its group and its parents is found by its marker; elsewhere only parents are known.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { marker } from '../environment.ts'

/** The markers of one process. */
export interface ProcessMarks {
  readonly run: string
  readonly root: string | undefined
  /** Of the owner that started it. */
  readonly epoch: number
  readonly slot: string | undefined
  readonly attempt: string | undefined
}

/** What is known of one living process. */
export interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  /** When it started, in ticks of the kernel: with the pid it names a process for ever. */
  readonly startedAt: string
  readonly marks: ProcessMarks | undefined
  /** Its environment could be read and says something; a process that is just being started has none for a moment. */
  readonly isJudged: boolean
  /** The kernel is taking it away: no thread of it will run a line of its program again. */
  readonly isEnding: boolean
}

const hasProc = process.platform === 'linux'
const statBuffer = Buffer.allocUnsafe(1024)
/** Set among the flags of a thread from the moment at which the kernel begins to take it away. */
const exitingFlag = 0x4

/** The ids of all processes. */
export function listPids(): readonly number[] {
  if (!hasProc) return processesByPs().map(({ pid }) => pid)
  const pids: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (Number.isInteger(pid)) pids.push(pid)
  }
  return pids
}

/** All processes that live; a process that has ended but was not collected does not live. */
export function listProcesses(): readonly ProcessFacts[] {
  if (!hasProc) return processesByPs()
  return listPids().flatMap((pid) => readProcess(pid) ?? [])
}

/** One process, or nothing where it does not live. Linux only. */
export function readProcess(pid: number): ProcessFacts | undefined {
  const stat = readStat(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  const [, parent, ...rest] = fieldsOf(stat)
  const isAlone = rest[15] === '1'
  // The first thread of a process may be gone while others go on.
  if (isGone(stat) && isAlone) return undefined
  const isEnding = isExiting(stat) && (isAlone || areThreadsExiting(pid))
  const environment = readEnvironment(pid)
  const ofKernel = parent === '2' || parent === '0'
  return {
    pid,
    parent: Number(parent),
    startedAt: rest[17] ?? '',
    marks: environment === undefined ? undefined : marksIn(environment),
    isJudged: ofKernel || environment === undefined || environment.length > 0,
    isEnding,
  }
}

/** The id given last in this namespace, by which new processes are told from old ones. Linux only. */
export function lastPid(): number {
  return Number(readFileSync('/proc/loadavg', 'latin1').trimEnd().split(' ').at(-1))
}

/** What follows the name, which stands in brackets and may hold anything, brackets too; the state comes first. */
function fieldsOf(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function isGone(stat: string): boolean {
  const [state] = fieldsOf(stat)
  return state === 'Z' || state === 'X'
}

function isExiting(stat: string): boolean {
  return isGone(stat) || (Number(fieldsOf(stat)[6]) & exitingFlag) !== 0
}

function areThreadsExiting(pid: number): boolean {
  let threads: readonly string[]
  try {
    threads = readdirSync(`/proc/${pid}/task`)
  } catch {
    return true
  }
  return threads.every((thread) => {
    const stat = readStat(`/proc/${pid}/task/${thread}/stat`)
    return stat === undefined || isExiting(stat)
  })
}

function readStat(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    return statBuffer.toString('latin1', 0, readSync(file, statBuffer, 0, statBuffer.length, 0))
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

/** Nothing where it belongs to somebody else. */
function readEnvironment(pid: number): Buffer | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`)
  } catch {
    return undefined
  }
}

function marksIn(environment: Buffer): ProcessMarks | undefined {
  if (!environment.includes(`${marker.run}=`)) return undefined
  const values = new Map<string, string>()
  for (const pair of environment.toString('utf8').split('\0')) {
    const at = pair.indexOf('=')
    if (!values.has(pair.slice(0, at))) values.set(pair.slice(0, at), pair.slice(at + 1))
  }
  const run = values.get(marker.run)
  if (run === undefined) return undefined
  return {
    run,
    root: values.get(marker.root),
    epoch: Number(values.get(marker.epoch) ?? 0),
    slot: values.get(marker.slot),
    attempt: values.get(marker.attempt),
  }
}

function processesByPs(): readonly ProcessFacts[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,lstart='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [pid, parent, state, ...started] = line.trim().split(/\s+/)
    if (pid === undefined || parent === undefined || state === undefined || state.startsWith('Z')) return []
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        startedAt: started.join(' '),
        marks: undefined,
        isJudged: true,
        isEnding: false,
      },
    ]
  })
}

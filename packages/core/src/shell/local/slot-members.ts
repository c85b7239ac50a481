// The processes of one slot besides its supervisor and its agent. It is asked after every attempt, so processes that were
// found to be somebody else's are not looked at again: new processes are told by the order in which ids are given.
import { performance } from 'node:perf_hooks'
import { belongs, withDescendants, type Belonging } from './find-members.ts'
import { lastPid, listPids, listProcesses, readProcess, type ProcessFacts } from './process-table.ts'

/** After this long, ids may have gone round once, and everybody is looked at anew. In milliseconds. */
const trustedMs = 10_000

/** One process of the slot. */
export interface Member {
  readonly pid: number
  /** It carries the marker of an attempt. */
  readonly isOfAttempt: boolean
  /** It no longer descends from the agent. */
  readonly isOrphan: boolean
  /** When it started, in ticks of the kernel: with the pid it names a process for ever. */
  readonly startedAt: string
  /** The kernel is taking it away: it can do nothing more. */
  readonly isEnding: boolean
}

/** Finds the processes of one slot. */
export class SlotMembers {
  readonly #slot: Belonging
  readonly #supervisor: number
  /** Looked at and not ours. */
  readonly #foreign = new Set<number>()
  /** Seen to be ours: remembered, since a program may overwrite its environment. */
  readonly #ours = new Map<number, string>()
  #lookedAtMs = -Infinity
  #lastPid = 0

  constructor(slot: Belonging, supervisor: number) {
    this.#slot = slot
    this.#supervisor = supervisor
  }

  /** All that live now, without the supervisor and the agent. */
  find(agent: number | undefined): readonly Member[] {
    const processes = process.platform === 'linux' ? this.#readNew() : listProcesses()
    const roots = new Set([this.#supervisor, ...(agent === undefined ? [] : [agent])])
    const ours = withDescendants(processes, (found) => this.#isOurs(found), roots)
    this.#remember(processes, ours)
    return membersOf(ours, agent).filter(({ pid }) => !roots.has(pid))
  }

  #isOurs(found: ProcessFacts): boolean {
    return this.#ours.get(found.pid) === found.startedAt || belongs(found.marks, this.#slot)
  }

  #readNew(): readonly ProcessFacts[] {
    const nowMs = performance.now()
    const last = lastPid()
    const isNew = isBetween(this.#lastPid, last)
    if (nowMs - this.#lookedAtMs > trustedMs) this.#foreign.clear()
    this.#lookedAtMs = nowMs
    this.#lastPid = last
    return listPids().flatMap((pid) => (this.#foreign.has(pid) && !isNew(pid) ? [] : (readProcess(pid) ?? [])))
  }

  #remember(looked: readonly ProcessFacts[], ours: readonly ProcessFacts[]): void {
    this.#ours.clear()
    for (const { pid, startedAt } of ours) this.#ours.set(pid, startedAt)
    for (const { pid, isJudged } of looked) {
      if (isJudged && !this.#ours.has(pid)) this.#foreign.add(pid)
      else this.#foreign.delete(pid)
    }
  }
}

/** What is asked of processes that are known to be the slot's. */
export function membersOf(processes: readonly ProcessFacts[], agent: number | undefined): readonly Member[] {
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]))
  return processes.map(({ pid, marks, startedAt, isEnding }) => ({
    pid,
    isOfAttempt: marks?.attempt !== undefined,
    isOrphan: !descendsFrom(pid, agent, parents),
    startedAt,
    isEnding,
  }))
}

/** Whether an id was given after `first` and not after `last`, where ids start again from the lowest. */
function isBetween(first: number, last: number): (pid: number) => boolean {
  return first <= last ? (pid) => pid > first && pid <= last : (pid) => pid > first || pid <= last
}

function descendsFrom(pid: number, ancestor: number | undefined, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === ancestor) return true
  return false
}

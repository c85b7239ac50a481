// Everything that lives under one supervisor: its agent, and whatever was started there. It is signalled, counted and killed
// as one.
import { performance } from 'node:perf_hooks'
import { signalProcess } from '../signal-group.ts'
import type { AgentProcess } from './agent-process.ts'
import type { Belonging } from './find-members.ts'
import { killAll } from './kill-all.ts'
import { sharedOutBytes } from './process-use.ts'
import { isWorn, type RecycleOptions } from './recycling.ts'
import { type Member, SlotMembers } from './slot-members.ts'

/** The processes under one supervisor. */
export class SlotTree {
  /** The agent that is warm or runs something. */
  agent: AgentProcess | undefined
  readonly #members: SlotMembers
  readonly #warn: (text: string) => void
  #whenAgentEnded: (() => void) | undefined

  constructor(slot: Belonging, warn: (text: string) => void) {
    this.#members = new SlotMembers(slot, process.pid)
    this.#warn = warn
  }

  /** All that live, the agent first. */
  pids(): readonly number[] {
    const agent = this.agent?.pid
    const members = this.#members.find(agent).map(({ pid }) => pid)
    return agent === undefined ? members : [agent, ...members]
  }

  /** Sends a signal to the group of `agent` and to all that live. */
  signal(agent: AgentProcess | undefined, signal: NodeJS.Signals): void {
    agent?.signal(signal)
    for (const { pid } of this.#members.find(agent?.pid)) signalProcess(pid, signal)
  }

  /** Whether the agent is to be replaced before it is given anything more. */
  isAgentWorn(recycle: RecycleOptions): boolean {
    const { agent } = this
    if (agent === undefined) return false
    const { attempts, startedAtMs, isTrusted } = agent
    const memoryBytes = (): number => sharedOutBytes(this.pids())
    return !isTrusted || isWorn({ attempts, ageMs: performance.now() - startedAtMs, memoryBytes }, recycle)
  }

  /** Asks the agent to go and waits until it is gone; it is killed after the grace. */
  async letAgentGo(graceMs: number): Promise<void> {
    const { agent } = this
    if (agent === undefined) return
    const ended = new Promise<void>((resolve) => (this.#whenAgentEnded = resolve))
    agent.send({ kind: 'stop' })
    const kill = setTimeout(() => {
      agent.signal('SIGKILL')
    }, graceMs)
    await ended
    clearTimeout(kill)
  }

  /** The agent's process is gone. */
  forget(agent: AgentProcess): void {
    if (this.agent === agent) this.agent = undefined
  }

  /** The agent is gone, and everything that it said has been told. */
  ended(agent: AgentProcess): void {
    this.forget(agent)
    this.#whenAgentEnded?.()
  }

  /** Kills those that are left over; says how many there were. */
  async killLeftovers(isLeft: (member: Member) => boolean): Promise<number> {
    const find = (): readonly number[] =>
      this.#members
        .find(this.agent?.pid)
        .filter(isLeft)
        .map(({ pid }) => pid)
    try {
      return (await killAll(find)).length
    } catch (error) {
      this.#warn(error instanceof Error ? error.message : String(error))
      return 0
    }
  }

  /** Kills everything. */
  async killEverything(): Promise<void> {
    await killAll(() => {
      this.agent?.signal('SIGKILL')
      return this.#members.find(undefined).map(({ pid }) => pid)
    })
  }
}

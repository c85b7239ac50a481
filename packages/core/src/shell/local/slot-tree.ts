// Everything that lives under one supervisor: its agent, and whatever was started there. It is signalled, counted and killed
// as one.
import { performance } from 'node:perf_hooks'
import type { Leaks, LeftProcess } from '../../model/outcome.ts'
import { noCache } from '../environment.ts'
import { namesOf, noLeaks } from '../leaks.ts'
import { signalProcess } from '../signal-group.ts'
import { type AgentListener, AgentProcess } from './agent-process.ts'
import { cgroupMembers } from './cgroups/cgroup-members.ts'
import type { CgroupMemory } from './cgroups/cgroup-memory.ts'
import { SlotCgroup } from './cgroups/slot-cgroup.ts'
import { killAll } from './kill-all.ts'
import { Leaving } from './leaving.ts'
import type { RunAttempt, ServeSlot } from './messages.ts'
import { sharedOutBytes } from './process-use.ts'
import { isWorn, type RecycleOptions } from './recycling.ts'
import { type Member, SlotMembers } from './slot-members.ts'

/** How long an agent that never ran anything may take to go, in milliseconds: its configuration may block it for ever. */
const unusedGraceMs = 300

/** The processes under one supervisor. */
export class SlotTree {
  /** The agent that is warm or runs something. */
  agent: AgentProcess | undefined
  readonly #serve: ServeSlot
  readonly #members: SlotMembers
  readonly #warn: (text: string) => void
  readonly #cgroup: SlotCgroup | undefined
  readonly #leaving = new Leaving()
  /** The control group holds the agent, or held the last one. */
  #isHeld = false
  #whenAgentEnded: (() => void) | undefined

  constructor(serve: ServeSlot, warn: (text: string) => void) {
    this.#serve = serve
    this.#members = new SlotMembers(serve, process.pid)
    this.#warn = warn
    this.#cgroup = serve.cgroup === undefined ? undefined : new SlotCgroup(serve.cgroup)
  }

  /** The warm agent, or a fresh one: in its control group before it is told of anything to run. */
  warmAgent(listener: AgentListener, process?: RunAttempt['process']): AgentProcess {
    if (this.agent !== undefined) return this.agent
    const isCacheless = process === 'fresh-without-cache'
    const serve = isCacheless ? { ...this.#serve, env: { ...this.#serve.env, ...noCache } } : this.#serve
    const agent = new AgentProcess(serve, listener)
    // Those after it are to have caches again.
    if (isCacheless) agent.isTrusted = false
    this.agent = agent
    if (this.#cgroup === undefined || agent.pid === undefined) return agent
    const wasHeld = this.#isHeld
    this.#isHeld = this.#cgroup.place(agent.pid)
    if (wasHeld && !this.#isHeld) this.#warn(`The control group of slot ${this.#serve.slot} is gone.`)
    return agent
  }

  /** All that live, the agent first. */
  pids(): readonly number[] {
    const agent = this.agent?.pid
    const members = this.#find(agent).map(({ pid }) => pid)
    return agent === undefined ? members : [agent, ...members]
  }

  /** Processor time of all that ever lived here, in milliseconds, where the kernel counts it for all together. */
  cpuMs(): number | undefined {
    return this.#isHeld ? this.#cgroup?.cpuMs() : undefined
  }

  /** What the kernel keeps of memory, where it does. */
  get memory(): CgroupMemory | undefined {
    return this.#isHeld ? this.#cgroup?.memory : undefined
  }

  /** Sends a signal to the group of `agent` and to all that live. */
  signal(agent: AgentProcess | undefined, signal: NodeJS.Signals): void {
    agent?.signal(signal)
    for (const { pid } of this.#find(agent?.pid)) signalProcess(pid, signal)
  }

  /** Whether the agent is to be replaced before it is given anything more. */
  isAgentWorn(recycle: RecycleOptions): boolean {
    const { agent } = this
    if (agent === undefined) return false
    const { attempts, startedAtMs, isTrusted } = agent
    const memoryBytes = (): number => sharedOutBytes(this.pids())
    return !isTrusted || isWorn({ attempts, ageMs: performance.now() - startedAtMs, memoryBytes }, recycle)
  }

  /** Whether an attempt that asks for such a process cannot have the agent that is there. */
  isAgentUsedFor(process: RunAttempt['process']): boolean {
    const { agent } = this
    if (agent === undefined || process === undefined) return false
    return process === 'fresh-without-cache' || agent.attempts > 0
  }

  /** Asks the agent to go and waits until it is gone; it is killed after the grace, of which one that ran nothing needs little. */
  async letAgentGo(graceMs: number): Promise<void> {
    const { agent } = this
    if (agent === undefined) return
    const ended = new Promise<void>((resolve) => (this.#whenAgentEnded = resolve))
    agent.send({ kind: 'stop' })
    const kill = setTimeout(
      () => {
        agent.signal('SIGKILL')
      },
      agent.attempts === 0 ? Math.min(graceMs, unusedGraceMs) : graceMs,
    )
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

  /** Kills those that are left over; says which ones there were. */
  async killLeftovers(isLeft: (member: Member) => boolean): Promise<Leaks> {
    let processes: readonly LeftProcess[] | undefined
    const find = (): readonly number[] => {
      const left = this.#leaving
        .judge(() => this.#find(this.agent?.pid), performance.now())
        .filter(isLeft)
        .map(({ pid }) => pid)
      // Only the first look finds them alive and with their names.
      processes ??= namesOf(left)
      return left
    }
    try {
      const { length } = await killAll(find, this.#isHeld ? this.#cgroup : undefined)
      return length === 0 ? noLeaks : { count: length, processes: processes ?? [] }
    } catch (error) {
      this.#warn(error instanceof Error ? error.message : String(error))
      return noLeaks
    }
  }

  /** Kills everything, also what has left its control group, and takes the group away. */
  async killEverything(): Promise<void> {
    await killAll(() => {
      this.agent?.signal('SIGKILL')
      this.#cgroup?.kill()
      const held = this.#cgroup?.pids() ?? []
      return [...new Set([...held, ...this.#members.find(undefined).map(({ pid }) => pid)])]
    })
    await this.#cgroup?.remove()
  }

  /** By the control group, where it holds the agent; else by markers and parents. */
  #find(agent: number | undefined): readonly Member[] {
    const held = this.#isHeld && this.#cgroup !== undefined ? cgroupMembers(this.#cgroup, agent) : undefined
    return held ?? this.#members.find(agent)
  }
}

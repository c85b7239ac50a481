// Looks at what the processes of one attempt use, often where a limit is set. Where the kernel keeps the limit of memory
// itself, what is looked for is whom it has killed; else an attempt may use more for a moment, between two looks.
import type { OverLimit } from '../../failure/failure-over-limit.ts'
import type { AttemptLimits } from '../../model/limits.ts'
import type { ResourceUse } from '../../model/outcome.ts'
import { AttemptUse, type Look } from './attempt-use.ts'
import type { CgroupMemory } from './cgroups/cgroup-memory.ts'
import { type ProcessUse, readProcessUse, sharedOutBytes } from './process-use.ts'

/** Time between two looks where memory or processor time are limited, in milliseconds. */
const betweenLooksMs = 50

/** What is watched. */
export interface Watched {
  readonly limits: AttemptLimits
  /** The processes of the attempt that live now. */
  readonly pids: () => readonly number[]
  /** Processor time of all that ever lived there, in milliseconds, where the kernel counts it. */
  readonly cpuMs: () => number | undefined
  /** What the kernel itself keeps of memory, where it does. */
  readonly memory: CgroupMemory | undefined
  /** Called once. */
  readonly exceeded: (over: OverLimit) => void
}

/** Watches one attempt. */
export class UseWatch {
  readonly #watched: Watched
  readonly #use = new AttemptUse()
  /** Those of earlier attempts are not this one's, whenever it is looked. */
  readonly #killsBefore: number
  #timer: NodeJS.Timeout | undefined
  #printedBytes = 0
  #hasExceeded = false

  constructor(watched: Watched) {
    this.#watched = watched
    this.#killsBefore = watched.memory?.kills ?? 0
  }

  /** The attempt begins: what its processes have used before does not count. */
  begin(): void {
    this.#watched.memory?.begin(this.#watched.limits.memoryBytes)
    if (!this.#isLimited) return
    this.#use.begin(this.#look())
    this.#timer = setInterval(() => {
      this.look()
    }, betweenLooksMs)
  }

  look(): void {
    const look = this.#look()
    this.#use.add(look)
    const over =
      this.#overByKernel() ??
      this.#use.over(this.#watched.limits, look, () => sharedOutBytes([...look.processes.keys()]))
    if (over !== undefined) this.#exceed(over)
  }

  /** How many processes of it the kernel has killed for want of memory. */
  get killedByKernel(): number {
    return (this.#watched.memory?.kills ?? 0) - this.#killsBefore
  }

  printed(bytes: number): void {
    this.#printedBytes += bytes
    const { outputBytes: allowed } = this.#watched.limits
    if (allowed !== undefined && this.#printedBytes > allowed)
      this.#exceed({ limit: 'output', measured: this.#printedBytes, allowed })
  }

  /** The attempt is over: a last look where something is limited. */
  end(): void {
    clearInterval(this.#timer)
    if (this.#isLimited) this.look()
    this.#watched.memory?.end()
  }

  use(own: ResourceUse | undefined): ResourceUse {
    return this.#use.with(own)
  }

  get #isLimited(): boolean {
    const { memoryBytes, cpuMs } = this.#watched.limits
    return memoryBytes !== undefined || cpuMs !== undefined
  }

  /** The limit of the attempt held, and somebody had to be killed for that. */
  #overByKernel(): OverLimit | undefined {
    const { memoryBytes: allowed } = this.#watched.limits
    return allowed === undefined || this.killedByKernel === 0
      ? undefined
      : { limit: 'memory', measured: allowed, allowed }
  }

  #exceed(over: OverLimit): void {
    if (this.#hasExceeded) return
    this.#hasExceeded = true
    this.#watched.exceeded(over)
  }

  #look(): Look {
    const processes = new Map<number, ProcessUse>()
    for (const pid of this.#watched.pids()) {
      const use = readProcessUse(pid)
      if (use !== undefined) processes.set(pid, use)
    }
    return { processes, treeCpuMs: this.#watched.cpuMs() }
  }
}

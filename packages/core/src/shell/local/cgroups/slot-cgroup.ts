// The control group of one slot: whatever an agent starts is born in it and cannot leave it, however it detaches itself and
// whatever it does to its environment. So who is in it is known exactly, from one file.
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CgroupMemory } from './cgroup-memory.ts'
import { type CgroupFiles, machineCgroups } from './cgroup-files.ts'

/** Where the group of a slot is. */
export interface CgroupPaths {
  readonly dir: string
  /** Of the group that limits its memory, where that is possible: the same one, or one of version 1. */
  readonly memoryDir?: string | undefined
}

/** How long a group whose processes are dying may take to become empty, and how long between looks. In milliseconds. */
const patience = { longestMs: 2000, betweenMs: 4 }

/** One group. */
export class SlotCgroup {
  readonly #dir: string
  readonly #dirs: readonly string[]
  readonly #files: CgroupFiles
  readonly memory: CgroupMemory | undefined

  constructor({ dir, memoryDir }: CgroupPaths, files: CgroupFiles = machineCgroups) {
    this.#dir = dir
    this.#dirs = memoryDir === undefined || memoryDir === dir ? [dir] : [dir, memoryDir]
    this.#files = files
    this.memory = memoryDir === undefined ? undefined : new CgroupMemory(memoryDir, files)
  }

  get name(): string {
    return basename(this.#dir)
  }

  /** Makes the group where it is not there, and puts a process into it; says whether it is there now. */
  place(pid: number): boolean {
    const isPlaced = this.#dirs.map(
      (dir) => this.#files.make(dir) && this.#files.write(join(dir, 'cgroup.procs'), String(pid)),
    )
    this.memory?.open()
    return isPlaced[0] === true
  }

  /** Ids of all that live in it, or in groups that were made in it; nothing where the group is gone. */
  pids(): readonly number[] | undefined {
    return this.#pidsIn(this.#dir)
  }

  /** Processor time of all that ever lived in it, in milliseconds. */
  cpuMs(): number | undefined {
    const [, usage] = /^usage_usec (\d+)$/m.exec(this.#files.read(join(this.#dir, 'cpu.stat')) ?? '') ?? []
    return usage === undefined ? undefined : Number(usage) / 1000
  }

  /** Kills all in it at once, also what is being started in this moment. */
  kill(): void {
    this.#files.write(join(this.#dir, 'cgroup.kill'), '1')
  }

  /** Lets nothing in it run; what is frozen can still be killed. */
  freeze(): void {
    this.#files.write(join(this.#dir, 'cgroup.freeze'), '1')
  }

  thaw(): void {
    this.#files.write(join(this.#dir, 'cgroup.freeze'), '0')
  }

  /** Takes the group away as soon as nobody lives in it; says whether it is gone. */
  async remove(): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < patience.longestMs; waitedMs += patience.betweenMs) {
      if (this.#dirs.filter((dir) => !this.#removeTree(dir)).length === 0) return true
      await wait(patience.betweenMs)
    }
    return false
  }

  #pidsIn(dir: string): readonly number[] | undefined {
    const procs = this.#files.read(join(dir, 'cgroup.procs'))
    if (procs === undefined) return undefined
    const own = procs.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]))
    const inner = this.#files.groupsIn(dir) ?? []
    return inner.length === 0 ? own : [...own, ...inner.flatMap((name) => this.#pidsIn(join(dir, name)) ?? [])]
  }

  #removeTree(dir: string): boolean {
    for (const name of this.#files.groupsIn(dir) ?? []) this.#removeTree(join(dir, name))
    return this.#files.remove(dir)
  }
}

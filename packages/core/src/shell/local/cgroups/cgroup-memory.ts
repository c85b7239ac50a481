// Memory as the kernel holds it for one group: the limit is its own, kept in the very moment it is passed, and it counts whom
// it killed for that. Both versions of control groups do, in files of other names.
import { join } from 'node:path'
import type { CgroupFiles } from './cgroup-files.ts'

interface FileNames {
  readonly limit: string
  readonly noLimit: string
  readonly swap: string
  readonly kills: string
}

const version2: FileNames = {
  limit: 'memory.max',
  noLimit: 'max',
  swap: 'memory.swap.max',
  kills: 'memory.events',
}
const version1: FileNames = {
  limit: 'memory.limit_in_bytes',
  noLimit: '-1',
  swap: 'memory.memsw.limit_in_bytes',
  kills: 'memory.oom_control',
}

/** The memory of one group. */
export class CgroupMemory {
  readonly #dir: string
  readonly #files: CgroupFiles
  #names: FileNames | undefined
  #isLimited = false

  constructor(dir: string, files: CgroupFiles) {
    this.#dir = dir
    this.#files = files
  }

  /** The group has been made. */
  open(): void {
    this.#names = [version2, version1].find(({ limit }) => this.#read(limit) !== undefined)
    // Half a tree is worth nothing: all of it goes, as where the limit is kept by looking. Version 1 takes one alone.
    if (this.#names === version2) this.#write('memory.oom.group', '1')
  }

  /** An attempt begins; says whether the kernel keeps the limit. */
  begin(limitBytes: number | undefined): boolean {
    const names = this.#names
    if (names === undefined) return false
    if (limitBytes === undefined) return false
    this.#isLimited = true
    if (!this.#write(names.limit, String(limitBytes))) return false
    // What must not be in memory must not be in swap either. Not every kernel counts that.
    this.#write(names.swap, names === version2 ? '0' : String(limitBytes))
    return true
  }

  /** How many processes in it the kernel has ever killed for want of memory. */
  get kills(): number {
    const text = this.#names === undefined ? undefined : this.#read(this.#names.kills)
    const [, count] = /^oom_kill (\d+)$/m.exec(text ?? '') ?? []
    return Number(count ?? 0)
  }

  /** It is over: what stays warm is held to nothing until the next one. */
  end(): void {
    const names = this.#names
    if (names === undefined || !this.#isLimited) return
    this.#isLimited = false
    this.#write(names.swap, names.noLimit)
    this.#write(names.limit, names.noLimit)
  }

  #read(file: string): string | undefined {
    return this.#files.read(join(this.#dir, file))
  }

  #write(file: string, text: string): boolean {
    return this.#files.write(join(this.#dir, file), text)
  }
}

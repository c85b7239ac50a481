// What is asked of the file system in which the Linux kernel shows control groups. Folders there are groups, and nothing but
// the kernel makes a file in them; an interface stands between, so that what a kernel did once can be played back.
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'

/** A file system of control groups. Everything that goes wrong there is an answer: who asks goes on without. */
export interface CgroupFiles {
  /** Makes a group; says whether it is there now. */
  make(group: string): boolean
  /** Takes an empty group away; says whether it is gone. */
  remove(group: string): boolean
  read(file: string): string | undefined
  /** Says whether the kernel took it. */
  write(file: string, text: string): boolean
  canWrite(file: string): boolean
  /** Names of the groups in a group; `undefined` where it is not there. */
  groupsIn(group: string): readonly string[] | undefined
  /** Id of the user whose group it is. */
  ownerOf(group: string): number | undefined
}

/** Those of this machine. */
export const machineCgroups: CgroupFiles = {
  make: (group) => tried(() => mkdirSync(group)) || tried(() => statSync(group)),
  remove: (group) => tried(() => rmdirSync(group)) || !tried(() => statSync(group)),
  read: (file) => answer(() => readFileSync(file, 'latin1')),
  write: (file, text) => tried(() => writeFileSync(file, text)),
  canWrite: (file) => tried(() => accessSync(file, constants.W_OK)),
  groupsIn: (group) =>
    answer(() => {
      // A folder has a link from its parent, one to itself, and one from each folder in it.
      if (statSync(group).nlink === 2) return []
      return readdirSync(group, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    }),
  ownerOf: (group) => answer(() => statSync(group).uid),
}

function tried(does: () => unknown): boolean {
  try {
    does()
    return true
  } catch {
    return false
  }
}

function answer<Value>(of: () => Value): Value | undefined {
  try {
    return of()
  } catch {
    return undefined
  }
}

// The control groups of runs: whose they are, and taking away those of owners that are dead. A group outlives a `kill -9` of
// whoever made it, so the next run on this machine looks for such.
import { join } from 'node:path'
import { machineCgroups } from './cgroup-files.ts'
import { cgroupName, type CgroupName, isCgroupOf, isOwnerDead, readCgroupName } from './cgroup-name.ts'
import type { CgroupHome } from './find-cgroup-home.ts'
import type { Belonging } from '../find-members.ts'
import { type CgroupPaths, SlotCgroup } from './slot-cgroup.ts'

/** Where the group of a slot of a run that this process owns is to be. */
export function cgroupPaths(home: CgroupHome, of: Belonging & { readonly slot: number }): CgroupPaths | undefined {
  return home.kind === 'none' ? undefined : pathsOf(home, cgroupName(of))
}

function pathsOf(home: CgroupHome, name: string): CgroupPaths | undefined {
  if (home.kind === 'none') return undefined
  const { dir, memoryDir } = home
  return { dir: join(dir, name), ...(memoryDir === undefined ? {} : { memoryDir: join(memoryDir, name) }) }
}

/** The groups of a run, or of one slot of it. */
export function cgroupsOf(home: CgroupHome, of: Belonging): readonly SlotCgroup[] {
  return cgroupsThat(home, (name) => isCgroupOf(name, of))
}

/** Ends what lives in the groups of owners that are dead, and takes the groups away. */
export async function sweepCgroups(home: CgroupHome): Promise<void> {
  await Promise.all(
    cgroupsThat(home, isOwnerDead).map((group) => {
      group.kill()
      return group.remove()
    }),
  )
}

function cgroupsThat(home: CgroupHome, isMeant: (name: CgroupName) => boolean): readonly SlotCgroup[] {
  if (home.kind === 'none') return []
  const folders = [home.dir, ...(home.memoryDir === undefined ? [] : [home.memoryDir])]
  const names = new Set(folders.flatMap((folder) => machineCgroups.groupsIn(folder) ?? []))
  return [...names].flatMap((name) => {
    const read = readCgroupName(name)
    const paths = pathsOf(home, name)
    return read !== undefined && paths !== undefined && isMeant(read) ? [new SlotCgroup(paths)] : []
  })
}

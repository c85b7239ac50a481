// Where on this machine a run may make control groups: found by trying, never assumed. A hierarchy that somebody else
// manages (systemd, a container's owner) is touched only below the group that was given to us.
import { dirname, join } from 'node:path'
import { type CgroupFiles, machineCgroups } from './cgroup-files.ts'

/** Where groups are made, or why nowhere. */
export type CgroupHome =
  | {
      readonly kind: 'found'
      /** The group of version 2 below which groups are made. */
      readonly dir: string
      /** Below which memory is limited: the same group, one of version 1, or nowhere. */
      readonly memoryDir?: string | undefined
    }
  | { readonly kind: 'none'; readonly because: string }

/** What is looked at. */
export interface CgroupPlace {
  readonly files: CgroupFiles
  /** The folder of this process below `/proc`. */
  readonly self: string
  readonly user: number
}

interface Mount {
  readonly at: string
  /** The part of the hierarchy that is shown there. */
  readonly root: string
}

/** Looks for a group below which others can be made. */
export function findCgroupHome(place: CgroupPlace = thisMachine()): CgroupHome {
  const { files, self, user } = place
  const mounts = files.read(join(self, 'mountinfo'))
  const own = files.read(join(self, 'cgroup'))
  if (mounts === undefined || own === undefined) return none('this system has no control groups')
  const unified = mountOf(mounts, (type) => type === 'cgroup2')
  if (unified === undefined) return none('no control groups of version 2 are mounted')
  const at = folderOf(unified, /^0::(.*)$/m.exec(own)?.[1])
  if (at === undefined) return none('the control group of this process is not shown here')
  const usable = candidates(files, { at, top: unified.at, user }).filter((dir) => canHold(files, dir, 'cgroup.kill'))
  const withMemory = usable.find((dir) => handsOutMemory(files, dir))
  const dir = withMemory ?? usable[0]
  if (dir === undefined) return none(`no control group can be made in ${at}`)
  return { kind: 'found', dir, memoryDir: withMemory ?? formerMemory(files, mounts, own) }
}

/** A sentence for people. */
export function describeCgroupHome(home: CgroupHome): string {
  if (home.kind === 'none') return `Processes of tests are found by their markers: ${home.because}.`
  const memory =
    home.memoryDir === undefined
      ? 'memory is looked at 20 times a second, since no controller of memory is handed out there'
      : home.memoryDir === home.dir
        ? 'and their memory with them'
        : `and their memory by those of version 1 in ${home.memoryDir}`
  return `Processes of tests are held by control groups in ${home.dir}; ${memory}.`
}

function thisMachine(): CgroupPlace {
  return { files: machineCgroups, self: '/proc/self', user: process.getuid?.() ?? -1 }
}

function none(because: string): CgroupHome {
  return { kind: 'none', because }
}

/**
 * Our own group, and the one above it where that was handed to us as well: only there can memory be limited, since a group
 * that holds processes cannot hand out controllers.
 */
function candidates(
  files: CgroupFiles,
  { at, top, user }: { readonly at: string; readonly top: string; readonly user: number },
): readonly string[] {
  if (at === top) return [at]
  const above = dirname(at)
  const isOurs = user === 0 ? above === top : files.ownerOf(above) === user
  return isOurs ? [at, above] : [at]
}

function canHold(files: CgroupFiles, dir: string, file: string): boolean {
  const trial = join(dir, `muster-trial-${process.pid}`)
  if (!files.canWrite(join(dir, 'cgroup.procs')) || !files.make(trial)) return false
  const canKill = files.canWrite(join(trial, file))
  // Groups of threads cannot hold processes of their own.
  const isDomain = /^(?:domain\n?)?$/.test(files.read(join(trial, 'cgroup.type')) ?? '')
  return files.remove(trial) && canKill && isDomain
}

function handsOutMemory(files: CgroupFiles, dir: string): boolean {
  const names = (file: string): readonly string[] => (files.read(join(dir, file)) ?? '').split(/\s+/)
  if (!names('cgroup.controllers').includes('memory')) return false
  if (names('cgroup.subtree_control').includes('memory')) return true
  return files.write(join(dir, 'cgroup.subtree_control'), '+memory')
}

/** Where version 1 still has the controller of memory. */
function formerMemory(files: CgroupFiles, mounts: string, own: string): string | undefined {
  const mount = mountOf(mounts, (type, options) => type === 'cgroup' && options.split(',').includes('memory'))
  if (mount === undefined) return undefined
  const dir = folderOf(mount, /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$/m.exec(own)?.[1])
  return dir !== undefined && canHold(files, dir, 'memory.limit_in_bytes') ? dir : undefined
}

function mountOf(mounts: string, isIt: (type: string, options: string) => boolean): Mount | undefined {
  for (const line of mounts.split('\n')) {
    const [place = '', what = ''] = line.split(' - ')
    const [, , , root = '', at = ''] = place.split(' ')
    const [type = '', , options = ''] = what.split(' ')
    if (isIt(type, options)) return { at: plain(at), root: plain(root) }
  }
  return undefined
}

/** Blanks and the like are written as numbers there. */
function plain(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

function folderOf({ at, root }: Mount, path: string | undefined): string | undefined {
  if (path === undefined || path.split('/').includes('..')) return undefined
  if (root === '/') return join(at, path).replace(/(.)\/$/, '$1')
  if (path !== root && !path.startsWith(`${root}/`)) return undefined
  return join(at, path.slice(root.length)).replace(/(.)\/$/, '$1')
}

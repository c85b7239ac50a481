// Whether control groups are used: as asked for, and as far as this machine has some for us.
import { type CgroupHome, describeCgroupHome, findCgroupHome } from './find-cgroup-home.ts'

/** `'auto'`, wherever some can be made; or `'off'`. */
export type CgroupUse = 'auto' | 'off'

/** Where groups are made, of what was found on the machine. */
export function useCgroups(use: CgroupUse, found: CgroupHome): CgroupHome {
  return use === 'auto' ? found : { kind: 'none', because: 'control groups are turned off' }
}

/**
 * A sentence for people on how the processes of tests are held on this machine, and why so; looks at it anew.
 *
 * @example
 * ```ts
 * describeCgroups('off') // 'Processes of tests are found by their markers: control groups are turned off.'
 * ```
 */
export function describeCgroups(use: CgroupUse = 'auto'): string {
  return describeCgroupHome(useCgroups(use, use === 'auto' ? findCgroupHome() : { kind: 'none', because: '' }))
}

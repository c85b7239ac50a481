// Counts the processes of former coordinators that still live, by a variable of the benchmark's own in their environment:
// what Muster's markers say is not asked.
import { readdirSync, readFileSync } from 'node:fs'
import { ownerMark, ownerVariable } from './crash-order.ts'

/** How many live; `undefined` where processes cannot be asked. */
export function countOtherOwners(order: { readonly folder: string; readonly owner: number }): number | undefined {
  if (process.platform !== 'linux') return undefined
  const own = `${ownerVariable}=${ownerMark(order)}`
  const any = `${ownerVariable}=${order.folder}#`
  let others = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const mark = environmentOf(name).find((variable) => variable.startsWith(any))
    if (mark !== undefined && mark !== own) others += 1
  }
  return others
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    // It has ended, or belongs to another user.
    return []
  }
}

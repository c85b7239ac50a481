// The processes of one slot as its control group tells them: exact, and without a look at anybody else's.
import type { ProcessFacts } from '../process-table.ts'
import { readProcess } from '../process-table.ts'
import { type Member, membersOf } from '../slot-members.ts'
import type { SlotCgroup } from './slot-cgroup.ts'

/** How often it is looked again when somebody in the list is gone already. */
const mostLooks = 3

/** All that live in a group besides the agent; nothing where the group does not hold the agent, and so says little. */
export function cgroupMembers(group: SlotCgroup, agent: number | undefined): readonly Member[] | undefined {
  for (let looks = 1; ; looks += 1) {
    const pids = group.pids()
    if (pids === undefined || (agent !== undefined && !pids.includes(agent))) return undefined
    const others = pids.filter((pid) => pid !== agent)
    if (others.length === 0) return []
    const known = others.map((pid) => readProcess(pid))
    const living = known.filter((facts) => facts !== undefined)
    if (living.length === others.length) return membersOf(living, agent)
    // Somebody who is gone at every look is one that replaces itself by another all the time.
    if (looks === mostLooks) return [...membersOf(living, agent), ...gone(others, living)]
  }
}

function gone(pids: readonly number[], living: readonly ProcessFacts[]): readonly Member[] {
  const known = new Set(living.map(({ pid }) => pid))
  const unknown = { isOfAttempt: true, isOrphan: true, startedAt: '', isEnding: false }
  return pids.filter((pid) => !known.has(pid)).map((pid) => ({ pid, ...unknown }))
}

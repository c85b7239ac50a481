// What is watched of an attempt, where the kernel keeps the limit of memory: whom it killed before is no attempt's fault.
import { expect, test } from 'vitest'
import type { OverLimit } from '../../failure/failure-over-limit.ts'
import { RecordedCgroups } from './fixtures/recorded-cgroups.ts'
import { SlotCgroup } from './cgroups/slot-cgroup.ts'
import { UseWatch } from './use-watch.ts'

test('a look before the attempt has begun, in a group in which the kernel has killed before, ends nothing', () => {
  const files = new RecordedCgroups({
    files: {},
    born: { 'cgroup.procs': '', 'memory.max': 'max\n', 'memory.events': 'oom_kill 4\n' },
  })
  const group = new SlotCgroup({ dir: '/cg/slot', memoryDir: '/cg/slot' }, files)
  group.place(77)
  const exceeded: OverLimit[] = []
  const watch = new UseWatch({
    limits: { memoryBytes: 1000 },
    pids: () => [],
    cpuMs: () => undefined,
    memory: group.memory,
    exceeded: (over) => exceeded.push(over),
  })
  watch.look()
  watch.begin()
  watch.look()
  expect([exceeded, watch.killedByKernel]).toEqual([[], 0])
  files.write('/cg/slot/memory.events', 'oom_kill 5\n')
  watch.end()
  expect([exceeded, watch.killedByKernel]).toEqual([[{ limit: 'memory', measured: 1000, allowed: 1000 }], 1])
})

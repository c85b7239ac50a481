// The limit of memory in control groups of version 2, as a recorded kernel keeps it. What one at hand does of this is tried
// in the contract of the local engine.
import { expect, test } from 'vitest'
import { RecordedCgroups } from '../fixtures/recorded-cgroups.ts'
import { SlotCgroup } from './slot-cgroup.ts'

const version2 = {
  'memory.max': 'max\n',
  'memory.swap.max': 'max\n',
  'memory.oom.group': '0\n',
  'memory.events': 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 3\noom_group_kill 1\n',
}
const version1 = {
  'memory.limit_in_bytes': '9223372036854771712\n',
  'memory.memsw.limit_in_bytes': '9223372036854771712\n',
  'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
}

function slot(born: Readonly<Record<string, string>>): { readonly group: SlotCgroup; readonly files: RecordedCgroups } {
  const files = new RecordedCgroups({ files: {}, born: { 'cgroup.procs': '', 'cgroup.kill': '', ...born } })
  return { group: new SlotCgroup({ dir: '/cg/slot', memoryDir: '/cg/slot' }, files), files }
}

test.each([
  { born: version2, limit: 'memory.max', swap: 'memory.swap.max', held: '0', kills: 'memory.events', free: 'max' },
  {
    born: version1,
    limit: 'memory.limit_in_bytes',
    swap: 'memory.memsw.limit_in_bytes',
    held: '1000000',
    kills: 'memory.oom_control',
    free: '-1',
  },
])('$limit is set for an attempt and taken back after it; whom the kernel killed in it is counted', (names) => {
  const { group, files } = slot(names.born)
  const at = (name: string): string | undefined => files.read(`/cg/slot/${name}`)
  expect(group.place(77)).toBe(true)
  expect(at('cgroup.procs')).toBe('77')
  expect(group.memory?.begin(1_000_000)).toBe(true)
  expect([at(names.limit), at(names.swap)]).toEqual(['1000000', names.held])
  expect(group.memory?.kills).toBe(3)
  files.write(`/cg/slot/${names.kills}`, 'oom_kill 5\n')
  expect(group.memory?.kills).toBe(5)
  group.memory?.end()
  expect([at(names.limit), at(names.swap)]).toEqual([names.free, names.free])
  // An attempt without a limit writes none.
  expect(group.memory?.begin(undefined)).toBe(false)
  expect(at(names.limit)).toBe(names.free)
})

test('half a tree is worth nothing: version 2 is told to kill all of it', () => {
  const { group, files } = slot(version2)
  group.place(77)
  expect(files.read('/cg/slot/memory.oom.group')).toBe('1')
})

test('a limit below what is used already, which version 1 refuses, is left to who looks', () => {
  const files = new RecordedCgroups({
    files: {},
    born: { 'cgroup.procs': '', ...version1 },
    isReadOnly: (path) => path.endsWith('limit_in_bytes'),
  })
  const group = new SlotCgroup({ dir: '/cg/slot', memoryDir: '/cg/slot' }, files)
  group.place(77)
  expect(group.memory?.begin(1)).toBe(false)
})

test('a group without the controller has nothing to say', () => {
  const { group } = slot({})
  group.place(77)
  expect([group.memory?.begin(1), group.memory?.kills]).toEqual([false, 0])
})

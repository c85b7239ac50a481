// Where control groups can be made, on machines as they were seen: played back, since one machine has one hierarchy only.
import { expect, test } from 'vitest'
import { RecordedCgroups, type Recording } from '../fixtures/recorded-cgroups.ts'
import { describeCgroupHome, findCgroupHome } from './find-cgroup-home.ts'

const unified = '41 31 0:38 / /sys/fs/cgroup rw,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate'
const born = { 'cgroup.procs': '', 'cgroup.kill': '', 'cgroup.type': 'domain\n', 'memory.max': 'max\n' }

function home(own: string, { mounts = unified, user = 0, ...recording }: Partial<Recording> & MoreOfPlace): unknown {
  const files = new RecordedCgroups({
    born,
    ...recording,
    files: {
      '/proc/self/mountinfo': `24 1 0:20 / / rw - ext4 x rw\n${mounts}\n`,
      '/proc/self/cgroup': own,
      ...recording.files,
    },
  })
  const found = findCgroupHome({ files, self: '/proc/self', user })
  // Whatever was tried is gone again.
  expect([...files.files.keys()].filter((path) => path.includes('muster-trial'))).toEqual([])
  return found
}

interface MoreOfPlace {
  readonly mounts?: string
  readonly user?: number
}

function group(dir: string, { procs = '', controllers = '', handed = '' } = {}): Record<string, string> {
  return {
    [`${dir}/cgroup.procs`]: procs,
    [`${dir}/cgroup.controllers`]: controllers,
    [`${dir}/cgroup.subtree_control`]: handed,
  }
}

const cg = '/sys/fs/cgroup'

test('a container of its own, as root: groups are made, and memory is not handed out by a group that holds processes', () => {
  const files = group(cg, { procs: '1\n7\n', controllers: 'cpu memory pids' })
  expect(home('0::/\n', { files })).toEqual({ kind: 'found', dir: cg, memoryDir: undefined })
})

test('a container whose processes lie in a group of their own hands out memory beside it', () => {
  const files = { ...group(cg, { controllers: 'cpu memory pids' }), ...group(`${cg}/init`, { procs: '1\n' }) }
  expect(home('0::/init\n', { files })).toEqual({ kind: 'found', dir: cg, memoryDir: cg })
})

test('a delegated service of systemd: beside its subgroup, for its user alone', () => {
  const unit = `${cg}/user.slice/user-1000.slice/user@1000.service/app.slice/tests.service`
  const own = '0::/user.slice/user-1000.slice/user@1000.service/app.slice/tests.service/main\n'
  const files = {
    ...group(unit, { controllers: 'memory pids', handed: 'memory pids' }),
    ...group(`${unit}/main`, { procs: '77\n', controllers: 'memory pids' }),
  }
  expect(home(own, { files, user: 1000, owners: { [unit]: 1000 } })).toMatchObject({ dir: unit, memoryDir: unit })
  // The same as root says nothing about whose it is: nothing outside of our own group is touched.
  expect(home(own, { files, user: 0, owners: { [unit]: 0 } })).toMatchObject({
    dir: `${unit}/main`,
    memoryDir: undefined,
  })
})

test('a session of a user, to whom nothing was delegated, has none', () => {
  const session = `${cg}/user.slice/user-1000.slice/session-3.scope`
  const found = home('0::/user.slice/user-1000.slice/session-3.scope\n', {
    files: group(session, { procs: '77\n' }),
    user: 1000,
    owners: { [session]: 0 },
    isReadOnly: (path) => path.startsWith(cg),
  })
  expect(found).toEqual({ kind: 'none', because: `no control group can be made in ${session}` })
})

test('a part of the hierarchy that is mounted elsewhere, under a name with a blank', () => {
  const mounts = '41 31 0:38 /docker/abc /my\\040groups rw - cgroup2 cgroup2 rw'
  expect(home('0::/docker/abc/run\n', { mounts, files: group('/my groups/run') })).toMatchObject({
    dir: '/my groups/run',
  })
  expect(home('0::/elsewhere\n', { mounts })).toMatchObject({ kind: 'none' })
  // As it looks from within another namespace.
  expect(home('0::/../other\n', {})).toMatchObject({ kind: 'none' })
})

test('both versions at once: memory by that of version 1, where it can be limited there', () => {
  const mounts = [
    '36 31 0:33 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
    '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  ].join('\n')
  const own = '9:name=systemd:/\n4:memory:/jobs/1\n0::/\n'
  const files = { ...group(`${cg}/unified`), [`${cg}/memory/jobs/1/cgroup.procs`]: '1\n' }
  const withMemory = { ...born, 'memory.limit_in_bytes': '9223372036854771712\n' }
  expect(home(own, { mounts, files, born: withMemory })).toEqual({
    kind: 'found',
    dir: `${cg}/unified`,
    memoryDir: `${cg}/memory/jobs/1`,
  })
  expect(home(own, { mounts, files })).toMatchObject({ memoryDir: undefined })
})

test.each<[string, Partial<Recording> & MoreOfPlace, string]>([
  ['version 1 alone', { mounts: '36 31 0:33 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory' }, 'version 2'],
  ['a group of threads', { files: group(cg), born: { ...born, 'cgroup.type': 'domain invalid\n' } }, 'can be made'],
  ['a kernel that cannot kill a group', { files: group(cg), born: { 'cgroup.procs': '' } }, 'can be made'],
])('none with %s', (_, recording, because) => {
  expect(JSON.stringify(home('0::/\n', recording))).toMatch(new RegExp(`"none".*${because}`))
})

test('what is used is told in one sentence', () => {
  expect(describeCgroupHome({ kind: 'none', because: 'control groups are turned off' })).toBe(
    'Processes of tests are found by their markers: control groups are turned off.',
  )
  expect(describeCgroupHome({ kind: 'found', dir: cg, memoryDir: cg })).toBe(
    `Processes of tests are held by control groups in ${cg}; and their memory with them.`,
  )
})

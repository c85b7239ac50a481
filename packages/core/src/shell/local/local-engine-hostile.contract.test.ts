// Tests that do harm to the process that runs them, to its surroundings or to whoever listens: each is contained and named,
// and the attempt after it is right.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LocalTrial } from './fixtures/local-trial.ts'
import { localEngine } from './local-engine.ts'

let trial: LocalTrial

beforeEach(async () => {
  trial = new LocalTrial()
  await trial.attach()
})
afterEach(async () => {
  expect(await trial.close()).toEqual([])
})

async function nextIsRight(): Promise<void> {
  const { outcome, details } = await trial.ended([
    ['print', 'printed'],
    ['return', 'right'],
  ])
  expect([outcome.result, outcome.output, details?.stdout?.head]).toEqual(['passed', 'right', 'printed'])
}

describe('output', () => {
  test('of a gigabyte, binary and without a line end, blocks nobody and is counted', async () => {
    const { outcome, details } = await trial.ended([['shell', 'head -c 1073741824 /dev/zero']])
    expect(outcome.result).toBe('passed')
    const { head = '', tail = '', omittedBytes = 0 } = details?.stdout ?? {}
    expect(Buffer.byteLength(head) + omittedBytes + Buffer.byteLength(tail)).toBe(1_073_741_824)
    await nextIsRight()
  })

  test('with codes for terminals is kept as it is, and is news like any other', async () => {
    const codes = '\u001b[2J\u001b]0;owned\u0007\u001b[31mred\r\u0000\u202e'
    const { details } = await trial.ended([['print', codes]])
    expect(details?.stdout?.head).toBe(codes)
    await nextIsRight()
  })

  test.each([1, 2])('whose descriptor %d is closed is missed by nobody but this attempt', async (descriptor) => {
    const { result } = await trial.outcome([
      ['close-descriptor', descriptor],
      ['print', 'lost'],
      ['case', 'a case'],
    ])
    expect(result).toBe('passed')
    expect(trial.warnings).toEqual([
      'task 1 closed the output of the process that runs tests; what it printed may be missing, and the process is replaced.',
    ])
    await nextIsRight()
  })
})

describe('the way to the supervisor', () => {
  test('when it is closed by a test, that attempt fails by name', async () => {
    const { result, failure } = await trial.outcome([['case', 'a case'], ['close-descriptor', 3], ['wait']])
    expect([result, failure?.category]).toEqual(['failed', 'process-crash'])
    expect(failure?.message).toContain('which had closed the way to its supervisor,')
    await nextIsRight()
  })

  test.each<[string, unknown]>([
    ['a line that does not end', 'garbage'],
    ['the beginning of a message', '{"v":1,"kind":"done","task":1,'],
    ['zeros and line ends', '\0\n\n\0\n'],
  ])('when a test writes %s there, its own result arrives', async (_, garbage) => {
    const { result, output } = await trial.outcome([
      ['write-to-supervisor', garbage],
      ['case', 'a case'],
      ['write-to-supervisor', garbage],
      ['return', 'arrived'],
    ])
    expect([result, output]).toEqual(['passed', 'arrived'])
    expect(trial.cases).toMatchObject([{ path: ['a case'] }])
    await nextIsRight()
  })
})

describe('the surroundings', () => {
  test('a deleted working folder hurts nobody else', async () => {
    expect((await trial.outcome([['delete-working-folder']])).result).toBe('passed')
    expect(await trial.outcome([['working-folder']])).toMatchObject({ result: 'passed', output: trial.root })
    await nextIsRight()
  })

  test('a deleted project fails by name what cannot run without it', async () => {
    await trial.outcome([
      ['shell', 'rm -rf "$PWD"'],
      ['exit', 0],
    ])
    const { result, failure } = await trial.outcome([['return', 1]])
    expect(result).toBe('failed')
    expect(failure?.evidence).toContain('the process for the test could not be started')
    mkdirSync(trial.root)
    await nextIsRight()
  })

  test('stopped clocks and timers of the process spoil no time, no limit and no attempt after it', async () => {
    const { result, durationMs } = await trial.outcome([['stop-the-clocks']])
    expect([result, durationMs >= 0 && durationMs < 60_000]).toEqual(['passed', true])
    const next = await trial.outcome([['run', 'setTimeout(() => {}, 20)']])
    expect([next.result, next.durationMs >= 20 && next.durationMs < 60_000]).toEqual(['passed', true])
    expect((await trial.outcome([['loop']], { timeoutMs: 100 })).result).toBe('timed-out')
    await nextIsRight()
  })
})

describe.each(['auto', 'off'] as const)('what hides or multiplies, control groups %s', (cgroups) => {
  beforeEach(async () => {
    expect(await trial.close()).toEqual([])
    trial = new LocalTrial({ cgroups })
    await trial.attach()
  })

  test('a process that hides its title and environment is still ended with what it started', async () => {
    const { result } = await trial.outcome([['disguise'], ['leave', 'setsid'], ['leave', 'nameless']])
    expect(result).toBe('passed')
    expect(trial.warnings).toEqual([
      expect.stringMatching(/^task 1 left 2 processes running: .*; killed after it ended\.$/),
    ])
    await nextIsRight()
  })

  test.each<[string, string]>([
    ['in its group', 'for i in $(seq 1000); do sleep 600 & done'],
    ['each in a session of its own', 'for i in $(seq 1000); do setsid sleep 600 & done'],
  ])('a thousand children %s are all ended', async (_, script) => {
    const { result } = await trial.outcome([['shell', script]])
    expect(result).toBe('passed')
    expect(trial.processes()).toHaveLength(2)
    await nextIsRight()
  })
})

test.runIf(canMount())(
  'a test that fills the disk fails by name, and the rest of the run is right (small tmpfs, as root)',
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'muster-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'muster', disk])
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = disk
    const full = new LocalTrial()
    try {
      await full.attach()
      const { result, failure } = await full.outcome([['fill-disk', disk]])
      expect([result, failure?.message]).toEqual(['failed', expect.stringContaining('ENOSPC')])
      expect(await full.outcome([['return', 'right']])).toMatchObject({ result: 'passed', output: 'right' })
      // Somebody else who needs room there is told so.
      const other = localEngine()
      const context = { run: 'other', epoch: 1, root: full.root, deliver: nothing, news: nothing, warn: nothing }
      await expect(other.attach(context, [])).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    } finally {
      expect(await full.close()).toEqual([])
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
      execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true })
    }
  },
)

function nothing(): void {
  // Nobody listens.
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const disk = mkdtempSync(join(tmpdir(), 'muster-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'muster', disk], { stdio: 'ignore' })
    execFileSync('umount', [disk])
    return true
  } catch {
    return false
  } finally {
    rmSync(disk, { recursive: true })
  }
}

// What control groups add to the local engine, tried on the kernel at hand: nothing gets away, and nothing of the groups is
// left. Skipped by name where no group of version 2 can be made; limits of memory also where no controller is handed out.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { readLines } from '../read-lines.ts'
import { machineCgroups } from './cgroups/cgroup-files.ts'
import { findCgroupHome } from './cgroups/find-cgroup-home.ts'
import { sweepCgroups } from './cgroups/run-cgroups.ts'
import { SlotCgroup } from './cgroups/slot-cgroup.ts'
import { LocalTrial, scriptedModule, type Step } from './fixtures/local-trial.ts'
import type { LocalEngineOptions } from './local-engine.ts'
import { readProcess } from './process-table.ts'
import { runKey } from './run-key.ts'
import { endRunProcesses, findRunProcesses } from './run-processes.ts'

const home = findCgroupHome()
const dirs = home.kind === 'none' ? [] : [...new Set([home.dir, home.memoryDir ?? home.dir])]
const limitsMemory = home.kind === 'found' && home.memoryDir !== undefined
const MiB = 1024 * 1024

/** Leaves a process without marker, session and parent, and prints its id. */
const escape: Step = ['shell', `env -i setsid sh -c 'sleep 600 > /dev/null 2>&1 & echo $!'`]

let trial: LocalTrial | undefined

async function open(options?: LocalEngineOptions): Promise<LocalTrial> {
  trial = new LocalTrial(options)
  await trial.attach()
  return trial
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** The groups of a run that are there, in all hierarchies. */
function groupsOf(of: { readonly run: string; readonly root: string }): readonly string[] {
  return dirs.flatMap((dir) =>
    (machineCgroups.groupsIn(dir) ?? []).filter((name) => name.includes(runKey(of))).map((name) => join(dir, name)),
  )
}

function pidPrinted(details: { readonly stdout?: { readonly head: string } | undefined } | undefined): number {
  const pid = Number(details?.stdout?.head)
  expect(pid).toBeGreaterThan(1)
  return pid
}

afterEach(async () => {
  const open = trial
  trial = undefined
  if (open === undefined) return
  expect(await open.close()).toEqual([])
  expect(groupsOf(open)).toEqual([])
})

describe.runIf(home.kind === 'found')('with control groups (of version 2, writable)', () => {
  test('a process that gave up marker, session and parent is ended and named', async () => {
    const on = await open()
    const { outcome: left, details } = await on.ended([escape])
    expect(left.result).toBe('passed')
    expect(readProcess(pidPrinted(details))).toBeUndefined()
    expect(on.warnings).toEqual([expect.stringMatching(/^task 1 left 1 process running: .*; killed after it ended\.$/)])
    expect((await on.outcome([['return', 1]])).result).toBe('passed')
  })

  test('also one of a test that hangs, or that crashes its process', async () => {
    const on = await open()
    for (const last of [['loop'], ['kill', 'SIGKILL']] as const) {
      const { details } = await on.ended([escape, ['ignore-sigterm'], last], { timeoutMs: 1000 })
      expect(readProcess(pidPrinted(details))).toBeUndefined()
    }
    // What is ended with a test that hangs is not left over from it.
    expect(on.warnings).toEqual([expect.stringMatching(/^task 2 left 1 process running: .*; killed after it ended\.$/)])
  })

  test('a process that replaces itself by another all the time is caught', async () => {
    const on = await open()
    // Ends by itself some time, should nobody catch it.
    const chain = `i="$1"; [ "$i" -gt 20000 ] || { setsid sh -c "$0" "$0" "$((i + 1))" & }`
    const { result } = await on.outcome([['shell', `env -i setsid sh -c '${chain}' '${chain}' 1 > /dev/null 2>&1`]])
    expect(result).toBe('passed')
    expect(on.warnings).toEqual([
      expect.stringMatching(/^task 1 left \d+ process(es)? running.*; killed after it ended\.$/),
    ])
    // Nobody is left in the group but the agent; the warning came from this attempt, not from the next.
    expect((await on.outcome([['return', 1]])).result).toBe('passed')
    expect(on.warnings).toHaveLength(1)
  })

  test('an executor keeps its helpers, and those alone', async () => {
    const executors = { scripted: { module: scriptedModule, options: 'keeps' } }
    const on = await open({ executors })
    const { output: helper } = await on.outcome([['leave', 'setsid']])
    expect(on.warnings).toEqual([])
    const { details } = await on.ended([escape])
    expect(readProcess(pidPrinted(details))).toBeUndefined()
    expect(readProcess(Number(helper))).toBeDefined()
    expect(on.warnings).toEqual([expect.stringMatching(/^task 2 left 1 process running: .*; killed after it ended\.$/)])
  })

  test('processor time of processes that nobody waited for is counted', async () => {
    const on = await open({ limits: { cpuMs: 600_000 } })
    const burn = 'i=0; while [ $i -lt 40000 ]; do i=$((i+1)); done'
    const orphans = `for k in $(seq 20); do (setsid sh -c '${burn}; echo done' &); done | wc -l`
    const { use } = await on.outcome([['shell', orphans]])
    const alone = await on.outcome([['shell', burn]])
    expect(use?.cpuMs).toBeGreaterThan(8 * (alone.use?.cpuMs ?? Infinity))
  })

  test('a run within a test of a run is held with it', async () => {
    const on = await open()
    const script = fileURLToPath(new URL('./fixtures/coordinator.ts', import.meta.url))
    const inner = quoted(JSON.stringify([[escape, ['wait']]]))
    // Its own groups lie in ours, and it has no chance to take them away.
    const run = `${quoted(process.execPath)} --disable-warning=ExperimentalWarning ${quoted(script)} "$PWD" ${inner}`
    const until = `until grep -q '"output"' told; do sleep 0.05; done; cat told`
    const { outcome, details } = await on.ended([['shell', `${run} > told 2>&1 & ${until}`]], { timeoutMs: 60_000 })
    expect(outcome.result).toBe('passed')
    const escaped = /"text":"(\d+)/.exec(details?.stdout?.head ?? '')?.[1]
    expect(readProcess(Number(escaped))).toBeUndefined()
    expect(on.warnings.join()).toMatch(/^task 1 left \d+ process(es)? running/)
    expect(on.processes()).toHaveLength(2)
  })

  test('turned off, what gave up everything is found by nobody, as documented', async () => {
    const on = await open({ cgroups: 'off' })
    const { details } = await on.ended([escape])
    const pid = pidPrinted(details)
    expect(groupsOf(on)).toEqual([])
    expect(on.warnings).toEqual([])
    expect(readProcess(pid)).toBeDefined()
    process.kill(pid, 'SIGKILL')
  })

  describe('the groups of owners that were killed', () => {
    const killed = { run: 'killed', epoch: Infinity }

    test('are emptied and taken away by the next run on the machine, whatever it is', async () => {
      const other = new LocalTrial()
      const of = { ...killed, root: other.root }
      const script = fileURLToPath(new URL('./fixtures/coordinator.ts', import.meta.url))
      const steps = JSON.stringify([[escape, ['wait']]])
      const child = spawn(process.execPath, [script, other.root, steps], { stdio: ['ignore', 'pipe', 'inherit'] })
      const printed = await new Promise<string>((resolve) => {
        readLines(child.stdout, (line) => {
          if (line.includes('"output"')) resolve(line)
        })
      })
      const escaped = Number(/"text":"(\d+)/.exec(printed)?.[1])
      expect(readProcess(escaped)).toBeDefined()
      const made = groupsOf(of)
      expect(made).not.toEqual([])
      // Everybody who would take something away dies at once, the supervisors stopped first.
      const gone = new Promise((resolve) => child.once('close', resolve))
      const all = [...new Set([...findRunProcesses(of), child.pid ?? 0])]
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of all) process.kill(pid, signal)
      await gone
      expect(groupsOf(of)).toEqual(made)
      await open()
      expect(readProcess(escaped)).toBeUndefined()
      expect(groupsOf(of)).toEqual([])
      await other.close()
    })

    test('of supervisors that were killed as well, while the run goes on', async () => {
      const on = await open()
      const hanging = on.launch([escape, ['loop']])
      await hanging.started
      const [supervisor] = on.processes().filter((pid) => readProcess(pid)?.parent === process.pid)
      if (supervisor !== undefined) process.kill(supervisor, 'SIGKILL')
      expect(await hanging.over).toMatchObject({ kind: 'attempt-lost', cause: 'worker' })
      expect(groupsOf(on)).toEqual([])
      expect((await on.outcome([['return', 1]])).result).toBe('passed')
    })

    test('of an owner that lives are left alone', async () => {
      const on = await open()
      const waiting = on.launch([['wait']])
      await waiting.started
      const before = groupsOf(on)
      await sweepCgroups(home)
      expect(groupsOf(on)).toEqual(before)
      expect(await endRunProcesses({ run: 'another', root: on.root, epoch: 1 }, home)).toBe(0)
      expect(groupsOf(on)).toEqual(before)
    })
  })
})

describe.runIf(limitsMemory)('with a controller of memory (of either version)', () => {
  test('a process that takes more than its group may is killed by the kernel, which says so', async () => {
    if (home.kind === 'none' || home.memoryDir === undefined) return
    const name = `muster-test-${process.pid}`
    const group = new SlotCgroup({ dir: join(home.dir, name), memoryDir: join(home.memoryDir, name) })
    const eater = spawn(process.execPath, ['-e', 'process.stdin.once("data", () => Buffer.alloc(1e9, 1))'])
    try {
      const ended = new Promise((resolve) =>
        eater.once('exit', (_, signal) => {
          resolve(signal)
        }),
      )
      expect(group.place(eater.pid ?? 0)).toBe(true)
      expect(group.memory?.begin(200 * MiB)).toBe(true)
      eater.stdin.write('go\n')
      expect(await ended).toBe('SIGKILL')
      expect(group.memory?.kills).toBeGreaterThan(0)
    } finally {
      group.kill()
      expect(await group.remove()).toBe(true)
    }
  })

  test('a limit around the run, a container say, is named as what it is', async () => {
    const on = await open()
    await on.outcome([['return', 1]])
    for (const group of groupsOf(on))
      for (const file of ['memory.max', 'memory.limit_in_bytes'])
        if (machineCgroups.canWrite(join(group, file))) writeFileSync(join(group, file), String(300 * MiB))
    const { result, failure } = await on.outcome([['fill-memory']])
    expect([result, failure?.category, failure?.transient]).toEqual(['failed', 'resource', true])
    expect(failure?.message).toContain('killed by the kernel for want of memory')
    expect(failure?.evidence[0]).toMatch(/^oom_kill \d+/)
  })

  test('a limit of an attempt is not that of the next', async () => {
    const on = await open()
    const over = await on.outcome([['hold-memory', 900 * MiB]], { limits: { memoryBytes: 300 * MiB } })
    expect(over).toMatchObject({ result: 'failed', failure: { category: 'resource', transient: false } })
    expect(over.failure?.message).toMatch(
      /^Ended for its memory: used [\d.]+ (?:[MG]B|bytes), allowed (?:315 MB|314572800 bytes)$/,
    )
    expect((await on.outcome([['hold-memory', 500 * MiB]])).result).toBe('passed')
  })
})

// Ctrl-Z: a coordinator that is stopped takes its attempts along into the pause, and their time limits wait for it.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { performance } from 'node:perf_hooks'
import { afterEach, expect, test } from 'vitest'
import { readLines } from '../read-lines.ts'
import { isStopped } from './is-stopped.ts'
import { endRunProcesses, findRunProcesses } from './run-processes.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster paused-')))
const of = { run: 'killed', root, epoch: Infinity }
const patience = { timeout: 20_000 }
const limitMs = 4000
let child: ChildProcess | undefined

afterEach(async () => {
  child?.kill('SIGKILL')
  await endRunProcesses(of)
  rmSync(root, { recursive: true })
})

/** Programs in the tree of the attempt: the agent and the command. A supervisor does not stop. */
function workers(): readonly number[] {
  return findRunProcesses(of).filter((pid) => !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('supervisor'))
}

test.runIf(process.platform === 'linux')(
  'a stopped coordinator stops its attempts, and once it goes on their time has not run out',
  async () => {
    const file = join(root, 'go on')
    const steps = [
      ['leave', 'setsid'],
      ['until-file', file],
    ]
    const script = fileURLToPath(new URL('./fixtures/coordinator.ts', import.meta.url))
    const beganAtMs = performance.now()
    const coordinator = spawn(process.execPath, [script, root, JSON.stringify([steps]), '1', String(limitMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = coordinator
    const said: string[] = []
    readLines(coordinator.stdout, (line) => said.push(line))
    await expect.poll(() => workers().length, patience).toBe(2)
    coordinator.kill('SIGSTOP')
    await expect.poll(() => workers().map(isStopped), patience).toEqual([true, true])
    const stoppedAtMs = performance.now()
    await expect.poll(() => performance.now() - stoppedAtMs, patience).toBeGreaterThan(limitMs)
    const stillMs = performance.now() - stoppedAtMs
    coordinator.kill('SIGCONT')
    await expect.poll(() => workers().map(isStopped), patience).toEqual([false, false])
    writeFileSync(file, '')
    await expect.poll(() => said.find((line) => line.includes('attempt-ended')), patience).toContain('"passed"')
    // What it took lies within all the time there was, less that in which it was seen to stand still.
    const durationMs = Number(
      /"durationMs":([\d.]+)/.exec(said.find((line) => line.includes('attempt-ended')) ?? '')?.[1],
    )
    expect(durationMs).toBeLessThanOrEqual(performance.now() - beganAtMs - stillMs)
  },
)

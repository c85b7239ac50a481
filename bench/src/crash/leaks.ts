// `crash --leaks`: tests that end well and leave a process behind, in the ways in which processes get away from those who
// started them. Afterwards none may live, and each test must be named as one that left something.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeCgroups } from '@muster/core'
import type { BenchContext, BenchResult } from '../bench.ts'
import { musterCommand } from '../muster-command.ts'
import { inBenchFolder } from './bench-folder.ts'

const perWay = 50
/** What a process that was left behind does. */
const sleeper = 'sleep 3600'

/** Shell lines that leave a process behind and write its id to `$1`. */
const ways: Readonly<Record<string, string>> = {
  fork: `${sleeper} & echo $! > "$1"`,
  nohup: `nohup ${sleeper} > /dev/null 2>&1 & echo $! > "$1"`,
  setsid: `setsid ${sleeper} > /dev/null 2>&1 & echo $! > "$1"`,
  'double-fork': `( setsid sh -c '${sleeper} > /dev/null 2>&1 & echo $! > "$0"' "$1" & ); while [ ! -s "$1" ]; do sleep 0.01; done`,
}

/** Ways that are known to get away where there are no control groups: without a marker nothing tells whose they are. */
const heldWays: Readonly<Record<string, string>> = {
  'cleared-environment': `env -i setsid sh -c '${sleeper} > /dev/null 2>&1 & echo $! > "$0"' "$1"`,
  generations: `env -i setsid sh -c '( ( ( ${sleeper} > /dev/null 2>&1 & echo $! > "$0" ) & ) & )' "$1"; while [ ! -s "$1" ]; do sleep 0.01; done`,
}

/** What can be broken on purpose. */
export const leakFaults: Readonly<Record<string, string>> = {
  'no-cgroups':
    '`--leaks`: control groups are turned off: what cleared its environment is in `survivors` and `unreported`',
}

/** Runs tests that leave processes behind. */
export function leaks({ plant, progress }: BenchContext): Promise<BenchResult> {
  return inBenchFolder('leaks', async (folder) => {
    const pids = join(folder, 'pids')
    mkdirSync(pids)
    const held = describeCgroups()
    const isHeld = held.includes(' are held by ')
    const tried = isHeld ? { ...ways, ...heldWays } : ways
    const tasks = Object.entries(tried).flatMap(([way, line]) =>
      Array.from({ length: perWay }, (_, at) => {
        const id = `${way}-${String(at)}`
        return { id, argv: ['sh', '-c', line, 'sh', join(pids, id)] }
      }),
    )
    const config = { runners: [], tasks, cgroups: plant === 'no-cgroups' ? 'off' : 'auto' }
    writeFileSync(join(folder, 'muster.config.mjs'), `export default ${JSON.stringify(config)}\n`)
    progress(`${String(tasks.length)} tests that leave a process behind`)
    const told = await runMuster(folder)
    const left = readdirSync(pids).map((id) => ({ id, pid: Number(readFileSync(join(pids, id), 'utf8')) }))
    const survivors = left.filter(({ pid }) => lives(pid))
    for (const { pid } of survivors) process.kill(pid, 'SIGKILL')
    const unreported = left.filter(({ id }) => !told.some((text) => text.includes(`${id} left `)))
    return {
      figures: { spawned: left.length, survivors: survivors.length, unreported: unreported.length },
      notes: [
        isHeld ? held : `${held} Not tried: ${Object.keys(heldWays).join(', ')}.`,
        ...Object.keys(tried).map((way) => {
          const of = (ones: readonly { readonly id: string }[]): number =>
            ones.filter(({ id }) => id.startsWith(`${way}-`)).length
          return `${way}: ${String(of(left))} left, ${String(of(survivors))} survived, ${String(of(unreported))} not reported`
        }),
      ],
    }
  })
}

/** Runs all of it by the command and gives back the notes that it told. */
async function runMuster(root: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [musterCommand(), 'run', '--json', '--slots', '8'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) printed += String(chunk)
  return printed.split('\n').filter((line) => line.includes('"note"'))
}

/** Whether the process runs; one that is dead and waits to be reaped by somebody else does not. */
function lives(pid: number): boolean {
  const status = `/proc/${String(pid)}/stat`
  if (!existsSync('/proc/self/stat')) return canBeSignalled(pid)
  if (!existsSync(status)) return false
  const [, state] = /^\d+ \(.*\) (\S)/s.exec(readFileSync(status, 'utf8')) ?? []
  return state !== 'Z' && state !== 'X'
}

function canBeSignalled(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

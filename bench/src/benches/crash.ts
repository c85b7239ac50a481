// What survives a crash. Each mode kills or starves something for real, on real processes and a real database, and lets a
// witness outside Muster count what was lost, doubled or repeated.
import { BenchMisuse } from '../bench-misuse.ts'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { busy, busyFaults } from '../crash/busy.ts'
import { clock } from '../crash/clock.ts'
import { killCoordinator } from '../crash/kill-coordinator.ts'
import { leakFaults, leaks } from '../crash/leaks.ts'
import { matrixRunners, type MatrixRunner } from '../crash/matrix/matrix-project.ts'
import { matrixFaults, runMatrix } from '../crash/matrix/run-matrix.ts'
import { plantedFaults } from '../crash/planted-store.ts'
import { power, powerFaults } from '../crash/power.ts'
import { wholeNumber } from '../read-number.ts'

export const bench: Bench = {
  name: 'crash',
  summary: 'what survives when processes are killed, counted by a witness outside Muster',
  figures: {
    kills: 'coordinators killed with SIGKILL',
    kills_in_commit: 'of these, once a commit with an end was durable and before anybody heard of it',
    lost: 'acknowledged ends that store or report do not have',
    doubled: 'tasks with more than one accepted end',
    repeated: 'tasks that started again after an accepted end',
    accept_p95_ms:
      'from the start of a resuming process to its first new end that is durable and told, 95th percentile',
    launch_p95_ms: 'from the start of a resuming process to its first durable launch, 95th percentile',
    alive_at_launch: 'processes of dead coordinators that lived when their successor launched its first attempt',
    cells: 'runners times misdeeds',
    cells_right: 'cells with 398 results, 2 named culprits, a bad exit code, and an end within the time limit and 5 s',
    spawned: '`--leaks`: processes that tests left behind',
    survivors: 'of these, alive after the run',
    unreported: 'of these, left by a test that was not named for it',
    blocked: '`--busy`: tests that held their process for longer than the lease',
    false_failures: 'tests of `--busy` that did not pass',
    cuts: '`--power`: images of the disk taken under load',
    acknowledged: 'ends that had been acknowledged before the cuts',
    jumps: '`--clock`: jumps of the wall clock, and times when the coordinator was stopped',
    finished: '1 where the run came to its end, with a report and a sound database',
  },
  options: {
    matrix: 'each runner with each way in which a test ends or blocks its process, 20 files of 20 tests',
    runner: '`--matrix`: runners, separated by commas, or `all`; `all` unless given',
    door: '`--matrix`: `muster`, the command, which is the only one yet',
    timeout: '`--matrix`: time limit of one file in milliseconds; 5,000 unless given',
    leaks: 'tests that leave processes behind: fork, nohup, setsid, double fork, and without a trace of whose they are',
    busy: 'tests that hold their process for longer than the lease',
    power: 'the disk as it is when its power is cut, 15 times; needs root',
    clock: 'the wall clock jumps by an hour, the coordinator is stopped for 30 s; needs libfaketime',
    kill: '`coordinator`: one run, its coordinator killed again and again, and resumed',
    kills: 'how many kills; 200 unless given',
    tasks: 'tasks of the run; 3,000 unless given',
    slots: 'attempts at the same time; 4 unless given',
  },
  faults: { ...plantedFaults, ...matrixFaults, ...leakFaults, ...busyFaults, ...powerFaults },
  run: async (context) => {
    const mode = modes.find(({ option, value }) => context.options[option] === value)
    if (mode !== undefined) return mode.run(context)
    const known = modes.map(({ option, value }) => (value === true ? `--${option}` : `--${option} ${value}`))
    throw new BenchMisuse(`Expected one of ${known.join(', ')}.`)
  },
}

/** One way to break things, chosen by an option. */
interface Mode {
  readonly option: string
  readonly value: string | true
  readonly run: (context: BenchContext) => Promise<BenchResult>
}

const modes: readonly Mode[] = [
  { option: 'leaks', value: true, run: leaks },
  { option: 'busy', value: true, run: busy },
  { option: 'power', value: true, run: power },
  { option: 'clock', value: true, run: clock },
  {
    option: 'matrix',
    value: true,
    run: (context) => {
      const { door = 'muster' } = context.options
      if (door !== 'muster')
        throw new BenchMisuse(`Expected --door muster, got ${String(door)}: there is no other yet.`)
      return runMatrix(context, {
        runners: runnersOf(context),
        timeoutMs: wholeNumber(context, 'timeout', { fallback: 5000 }),
      })
    },
  },
  {
    option: 'kill',
    value: 'coordinator',
    run: (context) =>
      killCoordinator(context, {
        kills: wholeNumber(context, 'kills', { fallback: 200 }),
        tasks: wholeNumber(context, 'tasks', { fallback: 3000 }),
        slots: wholeNumber(context, 'slots', { fallback: 4 }),
      }),
  },
]

function runnersOf({ options }: BenchContext): readonly MatrixRunner[] {
  const given = String(options['runner'] ?? 'all')
  if (given === 'all') return matrixRunners
  return given.split(',').map((name) => {
    const found = matrixRunners.find((runner) => runner === name)
    if (found === undefined)
      throw new BenchMisuse(`Expected --runner to be one of ${matrixRunners.join(', ')}, got ${name}.`)
    return found
  })
}

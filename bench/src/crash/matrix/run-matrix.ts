// `crash --matrix`: every runner with every way in which a test ends or blocks its process, through the `muster` command as a
// user has it. What the run reports is compared with what the bodies themselves wrote down, and with the runners alone.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readJunit } from '@muster/reports'
import type { BenchContext, BenchResult, Figures } from '../../bench.ts'
import { musterCommand } from '../../muster-command.ts'
import { judgeCell, type JudgedCell, type TriedCell } from './judge-cell.ts'
import { type MatrixCell, type MatrixRunner, type Misdeed, writeMatrixProject } from './matrix-project.ts'

/** What is tried. */
export interface MatrixPlan {
  readonly runners: readonly MatrixRunner[]
  /** Time limit of one file, in milliseconds. */
  readonly timeoutMs: number
}

/** What can be broken on purpose. */
export const matrixFaults: Readonly<Record<string, string>> = {
  'without-cases':
    '`--matrix`: the command runner is not told how single cases are run, and loses what was not reported',
  'without-limit': '`--matrix`: no time limit, so that nothing ends a loop',
}

/** A run may take this long besides its time limit, in milliseconds. */
const spareMs = 5000

/** A command that has not ended by then hangs, in milliseconds after its time limit. */
const hangsAfterMs = 20_000

/** Tries every cell, ours first and then the runners alone. */
export async function runMatrix(context: BenchContext, plan: MatrixPlan): Promise<BenchResult> {
  const cells = plan.runners.flatMap((runner) => misdeedNames.map((misdeed): MatrixCell => ({ runner, misdeed })))
  const ours = await judgeAll(cells, (cell) => tryCell(context, cell, plan, ourCommand))
  const alone = await judgeAll(
    cells.filter(({ runner }) => runner !== 'command'),
    (cell) => tryCell(context, cell, plan, runnerAlone),
  )
  const figuresOf = (judged: readonly JudgedCell[]): Figures => ({
    cells: judged.length,
    cells_right: judged.filter(({ wrong }) => wrong.length === 0).length,
  })
  const peers = Object.fromEntries(
    plan.runners
      .filter((runner) => runner !== 'command')
      .map((runner) => [runner, figuresOf(alone.filter(({ cell }) => cell.runner === runner))]),
  )
  return {
    figures: figuresOf(ours),
    peers,
    notes: [
      ...ours.map((one) => noteOf('', one)),
      ...alone.map((one) => noteOf('peer ', one)),
      `a cell is right with 398 passed and 2 named culprits, each once, a bad exit code, and an end within ${String(plan.timeoutMs)} ms + 5 s`,
    ],
  }
}

const misdeedNames: readonly Misdeed[] = ['kill', 'exit', 'loop']

async function judgeAll(
  cells: readonly MatrixCell[],
  judge: (cell: MatrixCell) => Promise<JudgedCell>,
): Promise<readonly JudgedCell[]> {
  const judged: JudgedCell[] = []
  // One at a time: each shall have the machine for itself.
  for (const cell of cells) judged.push(await judge(cell))
  return judged
}

/** Arguments for Node; results go to `out.xml` in the working folder. */
type Command = (cell: MatrixCell, plan: MatrixPlan, plant: string | undefined) => readonly string[]

async function tryCell(
  { progress, plant }: BenchContext,
  cell: MatrixCell,
  plan: MatrixPlan,
  command: Command,
): Promise<JudgedCell> {
  progress(`${cell.runner}, ${cell.misdeed}${command === ourCommand ? '' : ', without Muster'}`)
  const folder = mkdtempSync(join(tmpdir(), 'muster-matrix-'))
  const root = join(folder, 'project')
  const witness = join(folder, 'witness.log')
  try {
    const tests = writeMatrixProject(root, cell, { witness, canRunCases: plant !== 'without-cases' })
    const ended = await runNode(command(cell, plan, plant), root, plan.timeoutMs + hangsAfterMs)
    return judgeCell({
      cell,
      tests,
      ...ended,
      limitMs: plan.timeoutMs + spareMs,
      witnessed: existsSync(witness) ? readFileSync(witness, 'utf8').split('\n') : [],
      ...readReport(join(root, 'out.xml')),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a run that was killed has written may be nothing, or half of it. */
function readReport(path: string): Pick<TriedCell, 'cases' | 'unreadable'> {
  if (!existsSync(path)) return { cases: [], unreadable: 'no report' }
  try {
    const { cases, isComplete } = readJunit(readFileSync(path, 'utf8'), { source: 'out.xml' })
    return { cases, unreadable: isComplete ? undefined : 'the report breaks off' }
  } catch (error) {
    return { cases: [], unreadable: error instanceof Error ? error.message : String(error) }
  }
}

const ourCommand: Command = (_cell, { timeoutMs }, plant) => [
  musterCommand(),
  ...['run', '--junit', 'out.xml', '--reporter', 'plain'],
  ...(plant === 'without-limit' ? [] : ['--timeout', String(timeoutMs)]),
]

const runnerAlone: Command = ({ runner }, { timeoutMs }) =>
  runner === 'vitest'
    ? [
        join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs'),
        ...['run', '--reporter=junit', '--outputFile=out.xml', `--testTimeout=${String(timeoutMs)}`],
      ]
    : [
        ...['--test', `--test-timeout=${String(timeoutMs)}`, '--test-concurrency=2', '--test-reporter=junit'],
        ...['--test-reporter-destination=out.xml', 'suite/*.test.mjs'],
      ]

interface EndedRun {
  /** Absent where it had to be killed. */
  readonly exitCode: number | undefined
  readonly elapsedMs: number
}

function runNode(args: readonly string[], cwd: string, limitMs: number): Promise<EndedRun> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    // A group of its own: what hangs is killed with all that it started.
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore', detached: true })
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nothing of it lives.
      }
    }
    const timer = setTimeout(kill, limitMs)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      kill()
      resolve({ exitCode: code ?? undefined, elapsedMs: performance.now() - startedAt })
    })
  })
}

function noteOf(who: string, { cell, good, culprits, elapsedMs, wrong }: JudgedCell): string {
  const what = `${String(good)} + ${String(culprits)} named, ${(elapsedMs / 1000).toFixed(1)} s`
  return `${who}${cell.runner} ${cell.misdeed}: ${what}${wrong.length === 0 ? '' : `; ${wrong.join('; ')}`}`
}

// One project of the matrix: twenty files of twenty tests for one runner, two of which hold a test that ends or blocks its
// process. Every body first appends its name to a file outside of everything that Muster or the runner keeps.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Test runners of the matrix. */
export const matrixRunners = ['vitest', 'node', 'command'] as const
/** One of them. */
export type MatrixRunner = (typeof matrixRunners)[number]

/** What the bad test does to its process. */
export const misdeeds = {
  kill: `process.kill(process.pid, 'SIGKILL')`,
  exit: 'process.exit(0)',
  loop: 'for (;;);',
} as const
/** The name of one. */
export type Misdeed = keyof typeof misdeeds

/** How large each project is. */
const matrixSize = { files: 20, testsPerFile: 20 } as const

/** The bad tests, by file and place in it: one in the middle of its file, one near the end. */
const culpritPlaces: ReadonlyMap<number, number> = new Map([
  [3, 9],
  [12, 16],
])

/** One cell of the matrix. */
export interface MatrixCell {
  readonly runner: MatrixRunner
  readonly misdeed: Misdeed
}

/** Names of the tests, each once in the whole project. */
export interface MatrixTests {
  readonly good: readonly string[]
  readonly culprits: readonly string[]
}

/** How a project is written. */
export interface MatrixProjectOptions {
  /** File to which each body appends its name. */
  readonly witness: string
  /** Whether the command runner is told how single cases are run. */
  readonly canRunCases: boolean
}

/** Writes the project into `root`. */
export function writeMatrixProject(
  root: string,
  { runner, misdeed }: MatrixCell,
  { witness, canRunCases }: MatrixProjectOptions,
): MatrixTests {
  const good: string[] = []
  const culprits: string[] = []
  for (let file = 0; file < matrixSize.files; file++) {
    const tests: string[] = []
    for (let test = 0; test < matrixSize.testsPerFile; test++) {
      const name = `file ${String(file)} test ${String(test)}`
      const isCulprit = culpritPlaces.get(file) === test
      ;(isCulprit ? culprits : good).push(name)
      tests.push(`test('${name}', () => { begun('${name}'); ${isCulprit ? misdeeds[misdeed] : ''} })`)
    }
    write(root, `suite/part-${String(file).padStart(2, '0')}.test.mjs`, `${heads[runner]}\n${tests.join('\n')}\n`)
  }
  write(root, 'witness.mjs', witnessSource(witness))
  write(root, 'package.json', JSON.stringify({ name: 'matrix', type: 'module' }))
  const options = runner === 'command' ? commandOptions(canRunCases) : runner
  write(root, 'muster.config.mjs', `export default { runners: [${JSON.stringify(options)}] }\n`)
  if (runner === 'vitest') linkVitest(root)
  if (runner === 'command') write(root, 'harness.mjs', harnessSource)
  return { good, culprits }
}

const begun = `import { begun } from '../witness.mjs'`

const heads: Readonly<Record<MatrixRunner, string>> = {
  vitest: `import { test } from 'vitest'\n${begun}`,
  node: `import { test } from 'node:test'\n${begun}`,
  command: `import { test } from '../harness.mjs'\n${begun}`,
}

function commandOptions(canRunCases: boolean): object {
  return {
    runner: 'command',
    files: ['suite/*.test.mjs'],
    argv: ['node', '{file}'],
    results: { printed: 'tap' },
    ...(canRunCases
      ? { cases: { list: ['node', '{file}', '--list'], run: ['node', '{file}', '--only', '{case}'] } }
      : {}),
  }
}

function witnessSource(path: string): string {
  return `import { openSync, writeSync } from 'node:fs'
const file = openSync(${JSON.stringify(path)}, 'a')
export function begun(name) { writeSync(file, name + '\\n') }
`
}

/** A test program such as anybody might have: it prints TAP as it goes, lists its tests, and runs one of them. */
const harnessSource = `import { writeSync } from 'node:fs'
const [how, wanted] = process.argv.slice(2)
const tests = []
export function test(name, body) { tests.push({ name, body }) }
const say = (line) => writeSync(1, line + '\\n')
setImmediate(() => {
  if (how === '--list') { for (const { name } of tests) say(name); return }
  const chosen = tests.filter(({ name }) => how !== '--only' || name === wanted)
  say('TAP version 14')
  say('1..' + chosen.length)
  chosen.forEach(({ name, body }, at) => { body(); say('ok ' + (at + 1) + ' - ' + name) })
})
`

function linkVitest(root: string): void {
  const installed = dirname(fileURLToPath(import.meta.resolve('vitest/package.json')))
  write(root, 'vitest.config.mjs', `export default { test: { include: ['suite/*.test.mjs'] } }\n`)
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  symlinkSync(installed, join(root, 'node_modules/vitest'))
}

function write(root: string, file: string, text: string): void {
  const path = join(root, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

// A suite of files that do honest work: each hashes for as long as its length says on this machine, and writes and reads
// a file. Nothing sleeps, so two workers keep two cores busy, and every file leaves a line outside of everything that a
// runner reports.
import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Runners that a suite is written for. */
export const suiteRunners = ['vitest', 'node'] as const
/** One of them. */
export type SuiteRunner = (typeof suiteRunners)[number]

/** What a suite is made of. */
export interface SuiteProject {
  readonly root: string
  readonly runner: SuiteRunner
  /** Rounds of work of each file. */
  readonly rounds: readonly number[]
  /** Every test appends its file's number here. */
  readonly witness: string
}

/** Writes the suite's files, dealt out so that their names say nothing about their lengths. */
export function writeSuite({ root, runner, rounds, witness }: SuiteProject): void {
  const from = runner === 'vitest' ? 'vitest' : 'node:test'
  write(root, 'package.json', JSON.stringify({ name: 'suite', type: 'module' }))
  write(root, 'src/work.mjs', workSource)
  write(root, 'vitest.config.mjs', `export default { cacheDir: '.cache', test: { include: ['test/*.test.mjs'] } }\n`)
  write(root, 'muster.config.mjs', `export default { runners: ['${runner}'] }\n`)
  for (const [file, count] of rounds.entries()) {
    const name = `test/part-${String(file).padStart(3, '0')}.test.mjs`
    write(
      root,
      name,
      `import { test } from '${from}'
import { appendFileSync } from 'node:fs'
import { work } from '../src/work.mjs'
test('hashes', () => { work(${String(count - Math.floor(count / 2))}, import.meta.filename) })
test('hashes more', () => { work(${String(Math.floor(count / 2))}, import.meta.filename) })
test('leaves its line', () => { appendFileSync(${JSON.stringify(witness)}, '${String(file)}\\n') })
`,
    )
  }
  if (runner === 'vitest') symlinkSync(modulesOfVitest(), join(root, 'node_modules'), 'dir')
}

/** Rounds of work that this machine does in a second. */
export function roundsPerSecond(): number {
  const rounds = 2000
  const began = performance.now()
  for (let round = 0; round < rounds; round++) oneRound(String(round))
  return (rounds * 1000) / (performance.now() - began)
}

/** What the tests do, kept the same as in the written source. */
function oneRound(text: string): void {
  let digest = text
  for (let turn = 0; turn < 20; turn++) digest = createHash('sha256').update(digest.repeat(20)).digest('hex')
}

const workSource = `import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
export function work(rounds, file) {
  let digest = file
  for (let round = 0; round < rounds; round++) {
    digest = String(round)
    for (let turn = 0; turn < 20; turn++) digest = createHash('sha256').update(digest.repeat(20)).digest('hex')
  }
  const path = file + '.' + process.pid + '.out'
  writeFileSync(path, digest.repeat(1000))
  if (readFileSync(path, 'utf8').length !== digest.length * 1000) throw new Error('the file changed')
  rmSync(path)
}
`

function modulesOfVitest(): string {
  return dirname(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))))
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

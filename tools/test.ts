// Runs the tests: `npm test -- --filter NAME` one class of them, or those whose file or title holds NAME. A run in
// which no test ran is a failure, because absence is never success.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildOrExit } from './build.ts'
import { root } from './entries.ts'
import { runCommand } from './run-command.ts'
import { testClasses } from './test-classes.ts'

const help = `npm test -- [--filter NAME]… [--coverage] [--junit] [--watch] [further options of vitest]

  --filter NAME   a class (${testClasses.map(({ name }) => name).join(', ')}), a part of a file's path, or a part of a title
  --coverage      measure coverage into coverage/
  --junit         write reports/junit.xml (on by itself where CI is set)
  --watch         stay and run again what changed
`

const { values, tokens } = parseArgs({
  options: {
    filter: { type: 'string', multiple: true, default: [] },
    coverage: { type: 'boolean', default: false },
    junit: { type: 'boolean', default: Boolean(process.env['CI']) },
    watch: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
  strict: false,
  tokens: true,
})

if (values.help === true) process.stdout.write(help)
else process.exitCode = await test()

async function test(): Promise<number> {
  const filters = values.filter.map(String)
  const classes = testClasses.filter(({ name }) => filters.includes(name))
  const patterns = filters.filter((filter) => !classes.some(({ name }) => name === filter))
  if (classes.length === 0 || classes.some(({ needsBuild }) => needsBuild)) await buildOrExit()

  const reports = join(root, 'reports')
  const results = join(reports, 'tests.json')
  mkdirSync(reports, { recursive: true })
  rmSync(results, { force: true })
  const args = [
    values.watch === true ? 'watch' : 'run',
    ...classes.map(({ name }) => `--project=${name}`),
    ...(await selectionOf(patterns)),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...(values.junit === true ? ['--reporter=junit', `--outputFile.junit=${join(reports, 'junit.xml')}`] : []),
    ...(values.coverage === true ? ['--coverage'] : []),
    ...furtherOptions(),
  ]
  const { code } = await runCommand({ program: 'vitest', args, isShown: true })
  if (code !== 0 || values.watch === true) return code
  if (ranTests(results) > 0) return 0
  process.stderr.write(`Expected at least one test to run, got none (${filters.join(', ') || 'no filter'}).\n`)
  return 1
}

/** A pattern selects files where it is part of a path, and titles otherwise. */
async function selectionOf(patterns: readonly string[]): Promise<readonly string[]> {
  if (patterns.length === 0) return []
  const { stdout } = await runCommand({ program: 'vitest', args: ['list', '--filesOnly'] })
  const isPath = (pattern: string): boolean => stdout.includes(pattern)
  const titles = patterns.filter((pattern) => !isPath(pattern))
  const title = titles.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return [...patterns.filter(isPath), ...(title === '' ? [] : [`--testNamePattern=${title}`])]
}

function furtherOptions(): readonly string[] {
  const own = new Set(['filter', 'coverage', 'junit', 'watch', 'help'])
  return tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value]
    if (token.kind !== 'option' || own.has(token.name)) return []
    return [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
  })
}

function ranTests(path: string): number {
  const results = JSON.parse(readFileSync(path, 'utf8')) as Readonly<
    Record<'numPassedTests' | 'numFailedTests', number>
  >
  return results.numPassedTests + results.numFailedTests
}

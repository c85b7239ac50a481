// Everything that holds the house up besides the tests: each check is one line, a failure shows why at the end, and
// none stops the others. `npm run check -- NAME…` runs only those.
import { join } from 'node:path'
import { build } from './build.ts'
import { type Ended, runCommand } from './run-command.ts'
import { lineOf, type Part, writeTally } from './tally.ts'

interface Check {
  readonly name: string
  readonly run: () => Promise<Ended>
}

const tool = (program: string, ...args: readonly string[]): (() => Promise<Ended>) => {
  return () => runCommand({ program, args, env: { NO_COLOR: '1', FORCE_COLOR: '0' } })
}
const script = (name: string, ...args: readonly string[]): (() => Promise<Ended>) => {
  return tool('node', join('tools', name), ...args)
}

const checks: readonly Check[] = [
  { name: 'types', run: tool('tsc', '-p', 'tsconfig.json', '--noEmit') },
  { name: 'page', run: tool('tsc', '-p', 'packages/reports/tsconfig.client.json', '--noEmit') },
  { name: 'lint', run: tool('eslint', '.', '--max-warnings=0') },
  { name: 'purity', run: script('check-purity.ts') },
  { name: 'arrows', run: tool('turbo', 'boundaries', '--no-color') },
  { name: 'cycles', run: script('check-cycles.ts') },
  {
    name: 'format',
    run: tool('prettier', '--check', '--log-level=warn', '--cache', '--cache-location=.turbo/prettier', '.'),
  },
  { name: 'unused', run: tool('knip', '--no-progress', '--no-config-hints') },
  { name: 'packages', run: script('check-packages.ts') },
  { name: 'docs', run: script('check-docs.ts') },
  { name: 'start', run: script('check-start-page.ts') },
  { name: 'api', run: script('api-reference.ts', '--check') },
  { name: 'events', run: script('events-page.ts', '--check') },
  { name: 'errors', run: script('errors-page.ts', '--check') },
  { name: 'schemas', run: script('../tests/src/schemas.ts', '--check') },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  process.stderr.write(`Expected ${checks.map(({ name }) => name).join(', ')}; got ${unknown.join(', ')}.\n`)
  process.exit(2)
}

const parts: Part[] = []
const failures: string[] = []
await carryOut({ name: 'build', run: build })
const waiting = checks.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
await Promise.all([worker(), worker()])

for (const failure of failures) process.stdout.write(failure)
const failed = parts.filter(({ isPassed }) => !isPassed)
writeTally('check', parts)
process.stdout.write(
  failed.length === 0
    ? `\nAll ${String(parts.length)} checks passed.\n`
    : `\n${String(failed.length)} of ${String(parts.length)} checks failed: ${failed.map(({ name }) => name).join(', ')}.\n`,
)
if (failed.length > 0) process.exitCode = 1

async function worker(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await carryOut(check)
}

async function carryOut({ name, run }: Check): Promise<void> {
  const { code, output, durationMs } = await run()
  const part: Part = { name, isPassed: code === 0, durationMs }
  parts.push(part)
  process.stdout.write(lineOf(part))
  if (code !== 0) failures.push(`\n--- ${name}\n${output.trimEnd()}\n`)
}

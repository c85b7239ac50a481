// Runs every example and compares what it prints with its `expected.txt`. An example is a folder whose package.json
// has a script `example`, or whose example.json names a command.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildOrExit } from './build.ts'
import { root } from './entries.ts'
import { firstDifference } from './expected-output.ts'
import { runCommand } from './run-command.ts'
import { lineOf, type Part, writeTally } from './tally.ts'

interface Example {
  readonly name: string
  readonly folder: string
  readonly command: string
  readonly exitCode: number
}

const wanted = process.argv.slice(2)
const known = examples()
const unknown = wanted.filter((name) => known.every((example) => example.name !== name))
if (unknown.length > 0) {
  const names = known.map(({ name }) => name).join(', ')
  process.stderr.write(`Expected the names of examples, got ${unknown.join(', ')}. There are: ${names}.\n`)
  process.exit(2)
}
const chosen = known.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
await buildOrExit()
const parts: Part[] = []
for (const example of chosen) {
  const { problem, durationMs } = await run(example)
  const part: Part = { name: example.name, isPassed: problem === undefined, durationMs }
  parts.push(part)
  process.stdout.write(lineOf(part) + (problem === undefined ? '' : `${problem}\n`))
}
writeTally('examples', parts)
const failed = parts.filter(({ isPassed }) => !isPassed).length
process.stdout.write(`${String(parts.length - failed)} of ${String(parts.length)} examples passed.\n`)
if (failed > 0) process.exitCode = 1

async function run(example: Example): Promise<{ readonly problem: string | undefined; readonly durationMs: number }> {
  const ended = await runCommand({
    program: 'sh',
    args: ['-c', example.command],
    cwd: example.folder,
    env: { NO_COLOR: '1' },
  })
  const expected = join(example.folder, 'expected.txt')
  if (ended.code !== example.exitCode) {
    const problem = `Expected exit code ${String(example.exitCode)}, got ${String(ended.code)}.\n${ended.output}`
    return { problem, durationMs: ended.durationMs }
  }
  const difference = existsSync(expected) ? firstDifference(readFileSync(expected, 'utf8'), ended.stdout) : undefined
  const problem = difference === undefined ? undefined : `expected.txt, ${difference}\n${ended.output}`
  return { problem, durationMs: ended.durationMs }
}

function examples(): readonly Example[] {
  const parent = join(root, 'examples')
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .sort()
    .flatMap((name): readonly Example[] => {
      const folder = join(parent, name)
      const own = read(join(folder, 'example.json'))
      const manifest = read(join(folder, 'package.json'))
      const command = own?.command ?? manifest?.scripts?.['example']
      return command === undefined ? [] : [{ name, folder, command, exitCode: own?.exitCode ?? 0 }]
    })
}

interface Described {
  readonly command?: string
  readonly exitCode?: number
  readonly scripts?: Readonly<Record<string, string>>
}

function read(path: string): Described | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Described) : undefined
}

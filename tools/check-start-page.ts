// Tries the page for beginners as a beginner would: a fresh folder, its files written as they stand there (`file=PATH`), its
// commands run one by one (`console run`), and what they print compared with the page. A line with only `…` stands for any
// lines; the other marks are those of the examples.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './entries.ts'
import { firstDifference } from './expected-output.ts'
import { environment, runCommand } from './run-command.ts'

const page = 'docs/guide/getting-started.md'
const fresh = mkdtempSync(join(tmpdir(), 'muster-start-'))
const folder = join(fresh, 'shop')
const bin = mkdtempSync(join(tmpdir(), 'muster-bin-'))
// The command is what the page says it is, and the Node that a beginner has is too old to be of any help.
program('muster', `exec ${aliasOfPage()} "$@"`)
program('node', 'echo "this Node is too old" >&2; exit 1')
const path = [bin, environment()['PATH'] ?? ''].join(delimiter)
let commands = 0
let problems = 0
try {
  for (const { mark, line, text } of blocks()) {
    const [, file] = /file=(\S+)/.exec(mark) ?? []
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    } else if (/^console run\b/.test(mark)) await tryBlock(text, Number(/exit=(\d+)/.exec(mark)?.[1] ?? 0), line)
  }
} finally {
  rmSync(fresh, { recursive: true, force: true })
  rmSync(bin, { recursive: true, force: true })
}
process.stdout.write(`${page}: ${String(commands)} commands tried\n`)
if (problems > 0 || commands === 0) process.exitCode = 1

function program(name: string, line: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
}

/** What `alias muster='…'` on the page stands for, in this clone. */
function aliasOfPage(): string {
  const [, command] = /^\$ alias muster='(.+)'$/m.exec(readFileSync(join(root, page), 'utf8')) ?? []
  if (command === undefined) throw new Error(`Expected ${page} to say what muster is an alias for.`)
  return command.replaceAll('/path/to/this/clone', root)
}

async function tryBlock(text: string, exitCode: number, line: number): Promise<void> {
  for (const [, command = '', printed = ''] of text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n?)*)/gm)) {
    commands += 1
    const env = { PATH: path, NO_COLOR: '1', CI: '' }
    const ended = await runCommand({ program: 'sh', args: ['-c', command], cwd: folder, env })
    const difference = differs(printed.trimEnd().split('\n'), ended.stdout.trimEnd().split('\n'))
    if (ended.code === exitCode && difference === undefined) continue
    problems += 1
    const why = difference ?? `expected exit code ${String(exitCode)}, got ${String(ended.code)}`
    process.stdout.write(`${page}:${String(line)}: ${command}: ${why}\n${ended.output}\n`)
  }
}

/** Lines in order; after `…`, or from the middle of a text on, others may stand between. */
function differs(expected: readonly string[], actual: readonly string[]): string | undefined {
  let at = 0
  let isLoose = false
  for (const want of expected) {
    if (want === '…') {
      isLoose = true
      continue
    }
    const found = actual.findIndex((line, index) => index >= at && firstDifference(want, line) === undefined)
    if (found === -1 || (!isLoose && found !== at)) {
      return `expected ${JSON.stringify(want)}, got ${JSON.stringify(actual[at] ?? 'no more lines')}`
    }
    at = found + 1
    isLoose = false
  }
  return undefined
}

function blocks(): readonly { readonly mark: string; readonly line: number; readonly text: string }[] {
  const source = readFileSync(join(root, page), 'utf8')
  return [...source.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(({ 1: mark = '', 2: text = '', index }) => {
    return { mark, text, line: source.slice(0, index).split('\n').length }
  })
}

// The one command of all benchmarks: finds the file, runs it, prints a table, and with `--json` one object as the last
// line. A benchmark that fails, or whose result is not what it declared, ends with an exit code other than 0.
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bench, BenchContext, BenchResult } from './bench.ts'
import { BenchMisuse } from './bench-misuse.ts'
import { parseOptions, type BenchOptions } from './parse-options.ts'
import { renderTable } from './render-table.ts'
import { verifyResult } from './verify-result.ts'

const help = `npm run -s bench -- NAME [--data DIR] [--seed N] [--plant FAULT] [--json]
npm run -s bench -- list

  --data DIR      the folder of data sets
  --seed N        where dice start; 1 unless given
  --plant FAULT   break the thing on purpose; \`--plant list\` names the faults
  --json          print one object as the last line
`
const benches = join(import.meta.dirname, 'benches')

const options = parseOptions(process.argv.slice(2))
if ('problem' in options) fail(options.problem)
else if (options.name === undefined) {
  process.stdout.write(help)
  if (!options.isHelp) process.exitCode = 2
} else if (options.name === 'list') await list()
else await runOne(options.name, options)

/** What was asked for and cannot be is a line and the usage; everything else is a fault, with its stack. */
async function orMisuse(bench: Bench, context: BenchContext): Promise<BenchResult> {
  try {
    return await bench.run(context)
  } catch (error) {
    if (!(error instanceof BenchMisuse)) throw error
    process.stderr.write(`${error.message}\n\n${help}\n${describe(bench)}`)
    process.exit(2)
  }
}

async function list(): Promise<void> {
  for (const name of names()) process.stdout.write(`${name.padEnd(20)} ${(await load(name)).summary}\n`)
}

async function runOne(name: string, options: BenchOptions): Promise<void> {
  if (!names().includes(name)) {
    fail(`Expected a benchmark, got \`${name}\`. There are: ${names().join(', ') || 'none yet'}.`)
    return
  }
  const bench = await load(name)
  if (options.isHelp) {
    process.stdout.write(describe(bench))
    return
  }
  if (options.plant === 'list') {
    process.stdout.write(linesOf(bench.faults ?? {}))
    return
  }
  const unknown = Object.keys(options.own).filter((option) => bench.options?.[option] === undefined)
  if (unknown.length > 0 || (options.plant !== undefined && bench.faults?.[options.plant] === undefined)) {
    fail(
      `Expected the options and faults that \`${name} --help\` names, got ${[...unknown, ...(options.plant === undefined ? [] : [options.plant])].join(', ')}.`,
    )
    return
  }
  const result = await orMisuse(bench, {
    data: options.data === undefined ? undefined : resolve(options.data),
    seed: options.seed,
    plant: options.plant,
    options: options.own,
    progress: (text) => process.stderr.write(`${text}\n`),
  })
  const problems = verifyResult(bench, result)
  for (const problem of problems) fail(problem)
  process.stdout.write(renderTable(bench, result))
  if (!options.isJson) return
  const machine = { node: process.versions.node, cpus: availableParallelism() }
  const { figures, peers = {}, notes = [] } = result
  process.stdout.write(`${JSON.stringify({ bench: bench.name, figures, peers, notes, machine })}\n`)
}

function names(): readonly string[] {
  if (!existsSync(benches)) return []
  return readdirSync(benches)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

async function load(name: string): Promise<Bench> {
  const module = (await import(pathToFileURL(join(benches, `${name}.ts`)).href)) as { readonly bench: Bench }
  return module.bench
}

function describe(bench: Bench): string {
  return [
    `${bench.name}: ${bench.summary}\n\nFigures:\n${linesOf(bench.figures)}`,
    bench.options === undefined ? '' : `\nOptions:\n${linesOf(bench.options)}`,
    bench.faults === undefined ? '' : `\nFaults:\n${linesOf(bench.faults)}`,
  ].join('')
}

function linesOf(named: Readonly<Record<string, string>>): string {
  return Object.entries(named)
    .map(([name, text]) => `  ${name.padEnd(24)} ${text}\n`)
    .join('')
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

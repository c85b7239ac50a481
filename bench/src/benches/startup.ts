// How long a person waits before anything happens: the version, and the plan of a thousand test files.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchContext, BenchResult, Figures } from '../bench.ts'
import { median } from '../measure.ts'

const files = 1000
const versionTries = 15
const planTries = 7

export const bench: Bench = {
  name: 'startup',
  summary: `muster --version, and muster plan on ${String(files)} files; medians over whole processes`,
  figures: {
    version_ms: `milliseconds of \`--version\`, median of ${String(versionTries)}`,
    plan_ms: `milliseconds of \`muster plan\` with files of node:test, median of ${String(planTries)}`,
    plan_vitest_ms: `the same with files of Vitest; the peer is \`vitest list --filesOnly\``,
  },
  run,
}

async function run({ progress }: BenchContext): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-startup-'))
  try {
    const muster = await binOf(import.meta.resolve('@muster/cli/package.json'), 'muster')
    const vitest = await binOf(import.meta.resolve('vitest/package.json'), 'vitest')
    const nodeProject = await project(join(folder, 'node'), 'node:test', 'node --test')
    const vitestProject = await project(join(folder, 'vitest'), 'vitest', 'vitest run')
    await symlink(dirname(dirname(vitest)), join(vitestProject, 'node_modules'))
    await writeFile(join(vitestProject, 'vitest.config.mjs'), 'export default {}\n')

    // One process at a time, ours and theirs in turn, so that a busy moment falls on both.
    const times = new Map<string, number[]>()
    const measure = async (name: string, args: readonly string[], cwd: string): Promise<void> => {
      const ms = await timeOf(args, cwd)
      times.set(name, [...(times.get(name) ?? []), ms])
    }
    progress(`--version, ${String(versionTries)} times`)
    for (let i = 0; i < versionTries; i++) {
      await measure('muster version_ms', [muster, '--version'], nodeProject)
      await measure('vitest version_ms', [vitest, '--version'], nodeProject)
      await measure('node version_ms', ['-e', '0'], nodeProject)
    }
    progress(`plan of ${String(files)} files, ${String(planTries)} times`)
    for (let i = 0; i < planTries; i++) {
      await measure('muster plan_ms', [muster, 'plan'], nodeProject)
      await measure('muster plan_vitest_ms', [muster, 'plan'], vitestProject)
      await measure('vitest plan_vitest_ms', [vitest, 'list', '--filesOnly'], vitestProject)
    }
    const figuresOf = (name: string): Figures =>
      Object.fromEntries(
        [...times].flatMap(([key, values]) =>
          key.startsWith(`${name} `) ? [[key.slice(name.length + 1), median(values)]] : [],
        ),
      )
    return {
      figures: figuresOf('muster'),
      peers: { vitest: figuresOf('vitest'), node: figuresOf('node') },
      notes: [
        'peer `node` is a Node that does nothing: no command that runs on it can be faster',
        '`node --test` has no way to list its files, so plan_ms has no peer',
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function project(root: string, runner: string, script: string): Promise<string> {
  await mkdir(root, { recursive: true })
  const dependencies = runner === 'vitest' ? { vitest: '*' } : {}
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { test: script }, dependencies }),
  )
  for (let i = 0; i < files; i++) {
    const path = join(root, 'src', `area-${String(i % 20)}`, `part-${String(i)}.test.mjs`)
    if (i < 20) await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `import { test } from '${runner}'\ntest('works', () => {})\n`)
  }
  return root
}

/** The file of a command, from the address of its package's manifest. */
async function binOf(address: string, bin: string): Promise<string> {
  const manifest = fileURLToPath(address)
  const parsed: unknown = JSON.parse(await readFile(manifest, 'utf8'))
  const bins: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'bin') : undefined
  const path: unknown = typeof bins === 'object' && bins !== null ? Reflect.get(bins, bin) : bins
  if (typeof path !== 'string') throw new Error(`Expected ${manifest} to name a command ${bin}.`)
  return join(dirname(manifest), path)
}

async function timeOf(args: readonly string[], cwd: string): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`Expected node ${args.join(' ')} to end well, got ${String(code)}:\n${text}`)
  return performance.now() - began
}

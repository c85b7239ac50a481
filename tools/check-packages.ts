// Packs every published package and asks two independent tools whether a user could import all of it with its types.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allPackages } from './entries.ts'
import { runCommand } from './run-command.ts'

const into = mkdtempSync(join(tmpdir(), 'muster-pack-'))
let problems = 0
try {
  for (const { name, folder, entries } of allPackages().filter(({ isPublished }) => isPublished)) {
    const packed = await runCommand({
      program: 'npm',
      args: ['pack', '--silent', '--pack-destination', into],
      cwd: folder,
    })
    if (packed.code !== 0) report(name, 'npm pack', packed.output)
    const tarball = join(into, packed.stdout.trim().split('\n').at(-1) ?? '')
    const shape = await runCommand({ program: 'publint', args: ['run', '--strict', tarball] })
    if (shape.code !== 0) report(name, 'publint', shape.output)
    // A package that is only a command has nothing to import.
    if (entries.every(({ specifier }) => specifier === undefined)) continue
    const types = await runCommand({ program: 'attw', args: [tarball, '--profile', 'esm-only', '--format', 'ascii'] })
    if (types.code !== 0) report(name, 'attw', types.output)
  }
} finally {
  rmSync(into, { recursive: true, force: true })
}
if (problems > 0) process.exitCode = 1

function report(name: string, tool: string, output: string): void {
  problems += 1
  process.stdout.write(`${name}, ${tool}:\n${output}\n`)
}

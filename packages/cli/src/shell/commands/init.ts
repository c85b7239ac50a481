// `muster init`: writes a configuration for what is found, and never overwrites one.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { exitCodes, MusterError } from '@muster/core'
import { detectRunners } from '@muster/runners/detect'
import { configJsonSchema } from '../../config/config-schema.ts'
import { renderConfig } from '../../config/render-config.ts'
import { configNames } from '../load-config.ts'
import type { Command } from '../command.ts'

export const init: Command = async ({ invocation, output }) => {
  if (invocation.on.has('schema')) {
    output.out(`${JSON.stringify(configJsonSchema(), undefined, 2)}\n`)
    return exitCodes.passed
  }
  const root = resolve(invocation.values['root'] ?? '.')
  const existing = configNames.map((name) => join(root, name)).find((path) => existsSync(path))
  if (existing !== undefined) throw isThere(existing)
  const runners = (await detectRunners(root)).map(({ runner, because }) => ({ name: runner.name, because }))
  const path = join(root, 'muster.config.ts')
  try {
    await writeFile(path, renderConfig({ runners, isInstalled: isInstalled(root) }), { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere(path)
    throw new MusterError('CONFIG_UNREADABLE', {
      expected: `${path} to be writable`,
      got: error instanceof Error ? error.message : String(error),
      remedy: 'Make the folder writable, or name another with --root.',
      cause: error,
    })
  }
  const found = runners.map(({ name, because }) => `${name} (${because})`)
  output.lines([
    `Wrote ${path}.`,
    found.length === 0 ? 'No test runner was found; name one in it.' : `Found ${found.join(' and ')}.`,
    'Next: `muster plan` shows what would run, `muster run` runs it.',
  ])
  return exitCodes.passed
}

function isThere(path: string): MusterError {
  return new MusterError('OPTIONS_INVALID', {
    expected: 'a folder without a configuration',
    got: path,
    remedy: 'Edit that file; `muster init` never overwrites one.',
  })
}

/** Whether the import in the configuration would resolve there. */
function isInstalled(root: string): boolean {
  try {
    createRequire(join(root, 'muster.config.ts')).resolve('@muster/cli/package.json')
    return true
  } catch {
    return false
  }
}

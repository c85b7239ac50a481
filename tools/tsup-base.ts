// How every package is built: ES modules with declarations, one file for each entry of its package.json.
import { join } from 'node:path'
import type { Options } from 'tsup'
import { packageAt } from './entries.ts'

/** What tsup is told. */
export type Build = Options

/** How the package in a folder is built. */
export function buildOf(folder: string): Build {
  const modules = packageAt(folder).entries.map((entry) => entry.module)
  return {
    entry: Object.fromEntries(modules.map((module) => [module, join('src', `${module}.ts`)])),
    format: 'esm',
    target: 'node22',
    platform: 'node',
    dts: true,
    splitting: true,
    sourcemap: true,
    clean: true,
    silent: true,
    // Otherwise `node:sqlite`, which has no name without its prefix, can no longer be found.
    removeNodeProtocol: false,
  }
}

// Finds and reads `muster.config.*`. Node itself strips the types, so a configuration needs no build; whatever is wrong
// with the file is told with its path, and nothing runs.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMusterError, MusterError } from '@muster/core'
import { checkConfig } from '../config/check-config.ts'
import type { MusterConfig } from '../config/config.ts'
import { orNeverSettled } from './or-never-settled.ts'

/** A configuration with where it comes from. */
export interface LoadedConfig {
  readonly config: MusterConfig
  /** Absolute; absent where there is no file. */
  readonly path: string | undefined
}

/** Names looked for, in this order. */
export const configNames: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map((end) => `muster.config.${end}`)

/** A configuration as it was found, or what is wrong with it. */
export type ReadConfig =
  | ({ readonly kind: 'sound' } & LoadedConfig)
  | {
      readonly kind: 'unsound'
      readonly trouble: MusterError
      /** The database that it names all the same. */
      readonly store: string | undefined
    }

/** Loads the configuration of a root, or the file that was asked for. Throws `CONFIG_UNREADABLE` or `OPTIONS_INVALID`. */
export async function loadConfig(root: string, asked: string | undefined): Promise<LoadedConfig> {
  const read = await readConfig(root, asked)
  if (read.kind === 'unsound') throw read.trouble
  return read
}

/** As {@link loadConfig}, for those who can do without: only a file that was asked for and is not there is thrown. */
export async function readConfig(root: string, asked: string | undefined): Promise<ReadConfig> {
  if (asked !== undefined && !existsSync(asked)) {
    throw new MusterError('CONFIG_UNREADABLE', {
      expected: 'a configuration file',
      got: `nothing at ${resolve(asked)}`,
      remedy: 'Correct --config, or leave it out to use the muster.config.* of the root.',
    })
  }
  let given: unknown
  try {
    const path = asked === undefined ? findConfig(root) : resolve(asked)
    if (path === undefined) return { kind: 'sound', config: {}, path: undefined }
    given = extname(path) === '.json' ? await readJson(path) : await importDefault(path)
    return { kind: 'sound', config: checkConfig(given, path), path }
  } catch (error) {
    if (!isMusterError(error)) throw error
    return { kind: 'unsound', trouble: error, store: storeIn(given) }
  }
}

function storeIn(given: unknown): string | undefined {
  const store: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, 'store') : undefined
  return typeof store === 'string' && store !== '' ? store : undefined
}

/** The configuration file of a root, where there is one. Throws where there are several, since either could be meant. */
function findConfig(root: string): string | undefined {
  const found = configNames.map((name) => join(root, name)).filter((path) => existsSync(path))
  if (found.length <= 1) return found[0]
  throw new MusterError('CONFIG_UNREADABLE', {
    expected: 'one configuration file',
    got: found.map((path) => basename(path)).join(' and '),
    remedy: 'Keep one of them, or name it with --config.',
  })
}

async function readJson(path: string): Promise<unknown> {
  try {
    const text = await readFile(path, 'utf8')
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function importDefault(path: string): Promise<unknown> {
  let loaded: unknown
  try {
    loaded = await orNeverSettled(import(pathToFileURL(path).href), () => neverLoaded(path))
  } catch (error) {
    throw isMusterError(error) ? error : unreadable(path, error)
  }
  const value: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'default') : undefined
  if (value === undefined) {
    throw new MusterError('CONFIG_UNREADABLE', {
      expected: `${path} to have a default export`,
      got: 'none',
      remedy: 'Write `export default defineConfig({ … })`.',
    })
  }
  return value
}

function neverLoaded(path: string): MusterError {
  return new MusterError('CONFIG_UNREADABLE', {
    expected: `${path} to load`,
    got: 'an `await` in it, or in what it imports, that nothing is left to settle',
    remedy: 'Let it wait only for something that comes.',
  })
}

function unreadable(path: string, error: unknown): MusterError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const at = error instanceof Error ? placeIn(error.stack, path) : undefined
  const missesUs = /Cannot find package '@muster\//.test(message)
  return new MusterError('CONFIG_UNREADABLE', {
    expected: `${path} to load`,
    got: at === undefined ? message : `${message} (${at})`,
    remedy: missesUs
      ? 'Install it with `npm install --save-dev @muster/cli`, or export a plain object and leave the import out.'
      : 'Correct that file; TypeScript that needs a build, such as an enum, cannot stand in it.',
    cause: error,
  })
}

/** The first line of a stack that lies in the file. */
function placeIn(stack: string | undefined, path: string): string | undefined {
  const name = basename(path).replaceAll('.', String.raw`\.`)
  const [, place] = new RegExp(String.raw`(${name}:\d+(?::\d+)?)`).exec(stack ?? '') ?? []
  return place
}

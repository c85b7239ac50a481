// What commands need: the root, its configuration and its database. Those that only read what is kept need no more than the
// database, so a mistake in the configuration must not stand in their way. Nothing is opened before it is used, and reading
// makes no file.
import { statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { MusterError, type Store } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import type { MusterConfig } from '../config/config.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { CommandContext } from './command.ts'
import { loadConfig, readConfig } from './load-config.ts'

/** A project as a command sees it. */
export interface Project {
  /** Absolute. */
  readonly root: string
  readonly name: string
  readonly config: MusterConfig
  /** Absolute; absent where there is no file. */
  readonly configPath: string | undefined
  /** Absolute. */
  readonly storePath: string
  readonly store: Store
}

/** What is kept of a project: enough to look back. */
export interface KeptProject extends Pick<Project, 'root' | 'storePath' | 'store'> {
  /** The project with its configuration; rejects where there is a mistake in that. */
  whole(): Promise<Project>
}

/** Opens the project, lets `work` use it, and closes its database whatever comes. */
export async function withProject(
  context: CommandContext,
  work: (project: Project) => Promise<number>,
): Promise<number> {
  const root = rootOf(context)
  const { config, path } = await loadConfig(root, context.invocation.values['config'])
  const storePath = storePathOf(root, context, config.store)
  return closing(sqlite(storePath), (store) => work(projectOf({ root, config, path, storePath, store }, context)))
}

/** As {@link withProject}, for work that reads what is kept: a mistake in the configuration becomes a note. */
export async function withKept(context: CommandContext, work: (kept: KeptProject) => Promise<number>): Promise<number> {
  const root = rootOf(context)
  const storePath = await keptPath(root, context)
  return closing(sqlite(storePath), (store) => {
    const whole = async (): Promise<Project> => {
      const loaded = await loadConfig(root, context.invocation.values['config'])
      return projectOf({ root, ...loaded, storePath, store }, context)
    }
    return work({ root, storePath, store, whole })
  })
}

async function closing(store: Store, work: (store: Store) => Promise<number>): Promise<number> {
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

interface ProjectParts extends Pick<Project, 'root' | 'config' | 'storePath' | 'store'> {
  readonly path: string | undefined
}

function projectOf({ path, ...parts }: ProjectParts, { invocation }: CommandContext): Project {
  const { root, config } = parts
  return { ...parts, name: invocation.values['name'] ?? config.name ?? basename(root), configPath: path }
}

function rootOf({ invocation }: CommandContext): string {
  const root = resolve(invocation.values['root'] ?? '.')
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === true) return root
  throw new MusterError('OPTIONS_INVALID', { expected: '--root to be a folder', got: root, remedy: 'Correct --root.' })
}

/** Where the runs are. Who names the file needs no configuration at all. */
async function keptPath(root: string, context: CommandContext): Promise<string> {
  const { invocation, output } = context
  if (invocation.values['store'] !== undefined) return storePathOf(root, context, undefined)
  const read = await readConfig(root, invocation.values['config'])
  if (read.kind === 'sound') return storePathOf(root, context, read.config.store)
  const path = storePathOf(root, context, read.store)
  const trouble = oneLine(read.trouble.got)
  output.say(
    `${output.errorLook.paint('yellow', 'note')}: the configuration is left aside, since it has a mistake (${trouble}); looking into ${path}.`,
  )
  return path
}

/** A flag is relative to where it was typed, a configuration to its root. */
function storePathOf(root: string, { invocation }: CommandContext, configured: string | undefined): string {
  const flag = invocation.values['store']
  if (flag !== undefined) return resolve(flag)
  const path = configured ?? join('.muster', 'muster.db')
  return isAbsolute(path) ? path : join(root, path)
}

/** Makes our own folder, and keeps it out of version control. */
export async function makeStoreFolder({ root, storePath }: Project): Promise<void> {
  if (dirname(storePath) !== join(root, '.muster')) return
  try {
    await mkdir(dirname(storePath), { recursive: true })
    await writeFile(join(dirname(storePath), '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // It is there already, or the store will say with a better message why it cannot be made.
  }
}

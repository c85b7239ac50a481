// What every command needs: the root, its configuration and its database. Nothing is opened before it is used, and reading
// makes no file.
import { statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { MusterError, type Store } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import type { MusterConfig } from '../config/config.ts'
import { loadConfig } from './load-config.ts'
import type { CommandContext } from './command.ts'

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

/** Opens the project that the flags name. */
async function openProject({ invocation }: CommandContext): Promise<Project> {
  const { values } = invocation
  const root = resolve(values['root'] ?? '.')
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: '--root to be a folder',
      got: root,
      remedy: 'Correct --root.',
    })
  }
  const { config, path } = await loadConfig(root, values['config'])
  const storePath = storePathOf(root, values['store'], config.store)
  return {
    root,
    name: values['name'] ?? config.name ?? basename(root),
    config,
    configPath: path,
    storePath,
    store: sqlite(storePath),
  }
}

/** Opens the project, lets `work` use it, and closes its database whatever comes. */
export async function withProject(
  context: CommandContext,
  work: (project: Project) => Promise<number>,
): Promise<number> {
  const project = await openProject(context)
  try {
    return await work(project)
  } finally {
    await project.store.close()
  }
}

/** A flag is relative to where it was typed, a configuration to its root. */
function storePathOf(root: string, flag: string | undefined, configured: string | undefined): string {
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

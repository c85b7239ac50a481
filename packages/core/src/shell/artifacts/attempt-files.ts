// The files of one attempt: a folder of its own before it starts, read-only copies of its inputs, and when it is over, what
// it left behind. Nothing that goes wrong here changes how the attempt ended; what could not be kept is said.
import { constants, mkdirSync, readdirSync, realpathSync, rmdirSync, statSync } from 'node:fs'
import { chmod, copyFile, lstat, mkdir, rm, rmdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { ArtifactSettings } from '../../artifacts/artifact-options.ts'
import { artifactName } from '../../artifacts/artifact-name.ts'
import { contentTypeOf } from '../../artifacts/content-type.ts'
import { freeName } from '../../artifacts/free-name.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { Artifact } from '../../model/outcome.ts'
import type { TaskDefinition } from '../../model/task.ts'
import type { AttemptFolders } from '../../ports/engine.ts'
import { findFiles, type FoundFile, mostEntries } from './find-files.ts'
import { findInProject, matcherOf, type ProjectFiles } from './find-in-project.ts'
import { type AttemptPaths, attemptPaths, runFolder } from './layout.ts'
import { ObjectStore } from './object-store.ts'

/** An attempt and where its files go. */
export interface AttemptFilesParts {
  readonly settings: ArtifactSettings
  /** The project's root, real and absolute. */
  readonly root: string
  readonly run: string
  readonly n: number
  readonly task: TaskDefinition
}

/** What was kept, and what a person should know of the rest. */
export interface Collected {
  readonly artifacts: readonly Artifact[]
  readonly notes: readonly string[]
}

/** Why an attempt cannot get its inputs. */
export class InputsMissing extends Error {}

interface Candidate extends FoundFile {
  readonly within: string
  readonly given?: Artifact | undefined
}

/** The folders of one attempt. */
export class AttemptFiles {
  readonly #parts: AttemptFilesParts
  readonly #paths: AttemptPaths
  readonly #sinceNs: bigint

  /** Makes the folder. Throws where the disk does not let us. */
  constructor(parts: AttemptFilesParts) {
    const { settings, run, n, task } = parts
    this.#parts = parts
    this.#paths = attemptPaths(settings.dir, { run, task: task.id, n })
    mkdirSync(this.#paths.files, { recursive: true })
    // The disk's own clock: another one may be ahead of it or finer.
    this.#sinceNs = statSync(this.#paths.files, { bigint: true }).ctimeNs
  }

  get folders(): AttemptFolders {
    const { files, inputs } = this.#paths
    return this.#hasInputs ? { artifactsDir: files, inputsDir: inputs } : { artifactsDir: files }
  }

  get #hasInputs(): boolean {
    return (this.#parts.task.inputs ?? []).length > 0
  }

  /** Whether there is something to wait for before the attempt may start. */
  get isReady(): boolean {
    return !this.#hasInputs
  }

  /** Copies the inputs. Rejects with `InputsMissing` where a glob finds nothing or the limits are too small. */
  async copyInputs(): Promise<void> {
    const { root, settings, task } = this.#parts
    const globs = task.inputs ?? []
    const { found, isCut } = await this.#find(globs)
    const unmatched = globs.filter((glob) => !found.some(({ name }) => matcherOf([glob])(name)))
    if (unmatched.length > 0) throw new InputsMissing(`no file matches ${unmatched.join(', ')}`)
    if (isCut) throw new InputsMissing(`there are more than ${mostEntries} files below ${root}`)
    if (found.length > settings.maxFiles) {
      throw new InputsMissing(`${found.length} files are more than artifacts.maxFiles, ${settings.maxFiles}`)
    }
    let bytes = 0
    for (const { name, path } of found) {
      bytes += (await lstat(path)).size
      if (bytes > settings.maxBytes) {
        throw new InputsMissing(`they are larger than artifacts.maxBytes, ${settings.maxBytes}`)
      }
      const copy = join(this.#paths.inputs, name)
      await mkdir(dirname(copy), { recursive: true })
      // Not a hard link: what is written through that would reach the original.
      await copyFile(path, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
      await chmod(copy, 0o444)
    }
  }

  /**
   * Removes the folder of an attempt that left nothing behind and declared nothing, which is the usual case; nobody needs to
   * wait until it is gone. Nothing where there is something to keep. Never rejects.
   */
  removeIfEmpty(named: readonly Artifact[] | undefined): Promise<void> | undefined {
    if ((named ?? []).length > 0 || (this.#parts.task.artifacts ?? []).length > 0 || this.#hasInputs) return undefined
    if (!this.#isEmpty()) return undefined
    const { home, files } = this.#paths
    return rmdir(files)
      .then(() => rmdir(home))
      .catch(() => {
        // Something wrote into it after its attempt had ended: that belongs to nobody and goes with the run.
      })
  }

  /** Keeps what the attempt left behind; `named` are the files that its executor named. Never rejects. */
  async collect(named: readonly Artifact[] = []): Promise<Collected> {
    const notes: string[] = []
    const artifacts: Artifact[] = []
    try {
      const candidates = await this.#candidates(named, notes, artifacts)
      await this.#keep(candidates, notes, artifacts)
    } catch (error) {
      notes.push(`what it left behind could not be kept: ${messageOf(error)}`)
    }
    return { artifacts, notes: notes.map((note) => `${this.#parts.task.id}: ${note}`) }
  }

  /** Removes what is no longer needed once everything was kept. */
  async clear(): Promise<void> {
    const { home, files, inputs } = this.#paths
    await rm(files, { recursive: true, force: true })
    await rm(inputs, { recursive: true, force: true })
    removeFolder(home)
  }

  /** The attempt is lost: what it wrote stays where it is, for whoever wants to look. Says where that is. */
  leave(): string | undefined {
    const { home, files } = this.#paths
    if (!this.#isEmpty()) return home
    removeFolder(files)
    removeFolder(home)
    return undefined
  }

  #isEmpty(): boolean {
    try {
      return readdirSync(this.#paths.files).length === 0
    } catch {
      // The attempt made something else of it: that is for whoever collects to tell.
      return false
    }
  }

  async #candidates(named: readonly Artifact[], notes: string[], artifacts: Artifact[]): Promise<readonly Candidate[]> {
    const { root, task } = this.#parts
    const files = this.#ownFolder(notes)
    const own = files === undefined ? undefined : await findFiles({ from: files })
    const written = await this.#find(task.artifacts ?? [], (path) => this.#isNew(path))
    const found: Candidate[] = []
    for (const given of named) {
      const path = resolve(root, given.path)
      const within = [files, root].find((folder) => folder !== undefined && isBelow(path, folder))
      if (within !== undefined) found.push({ name: given.name, path, within, given })
      else {
        artifacts.push(given)
        notes.push(`${given.name} lies outside of the project and is only named, not kept`)
      }
    }
    if (files !== undefined && own !== undefined) found.push(...own.files.map((file) => ({ ...file, within: files })))
    found.push(...written.found.map((file) => ({ ...file, within: root })))
    const skipped = (own?.skipped ?? 0) + written.skipped
    if (skipped > 0)
      notes.push(`${countOf(skipped, 'link or device', 'links and devices')} left aside: only files are kept`)
    if (own?.isCut === true || written.isCut) notes.push(`only the first ${mostEntries} entries were looked at`)
    return found
  }

  /** The folder as it was made, unless the attempt put something else in its place. */
  #ownFolder(notes: string[]): string | undefined {
    const { files } = this.#paths
    try {
      const real = realpathSync(files)
      if (real === join(realpathSync(this.#parts.settings.dir), relative(this.#parts.settings.dir, files))) return real
      notes.push('its own folder was replaced by a link, which is not followed')
    } catch {
      notes.push('its own folder is gone')
    }
    return undefined
  }

  async #keep(candidates: readonly Candidate[], notes: string[], artifacts: Artifact[]): Promise<void> {
    const { settings, run } = this.#parts
    const objects = new ObjectStore(settings.dir, runFolder(settings.dir, run))
    const seen = new Set<string>()
    const taken = new Set<string>()
    let bytes = 0
    let tooMany = 0
    let tooLarge = 0
    for (const { name, path, within, given } of candidates) {
      if (seen.has(path)) continue
      seen.add(path)
      if (artifacts.length >= settings.maxFiles) {
        tooMany++
        continue
      }
      try {
        const keeping = await objects.keep({ path, within, mostBytes: settings.maxBytes - bytes })
        if (keeping.kind === 'too-large') tooLarge++
        else if (keeping.kind !== 'kept') notes.push(`${artifactName(name)} is ${reasons[keeping.kind]}`)
        else {
          bytes += keeping.object.bytes
          const shown = freeName(artifactName(name), taken)
          const at = await objects.name(keeping.object, join(this.#paths.kept, shown))
          const contentType = given?.contentType ?? contentTypeOf(shown)
          artifacts.push({
            name: shown,
            path: this.#pathFor(at),
            ...(contentType === undefined ? {} : { contentType }),
            ...keeping.object,
          })
        }
      } catch (error) {
        notes.push(`${artifactName(name)} could not be kept: ${messageOf(error)}`)
      }
    }
    if (tooMany > 0)
      notes.push(
        `${countOf(tooMany, 'file', 'files')} left out: at most ${settings.maxFiles} are kept of an attempt (artifacts.maxFiles)`,
      )
    if (tooLarge > 0)
      notes.push(
        `${countOf(tooLarge, 'file', 'files')} left out: at most ${settings.maxBytes} bytes are kept of an attempt (artifacts.maxBytes)`,
      )
  }

  #find(globs: readonly string[], isWanted?: (path: string) => Promise<boolean>): Promise<ProjectFiles> {
    const { root, settings } = this.#parts
    return findInProject({ root, globs, leaveOut: settings.dir, isWanted })
  }

  #pathFor(path: string): string {
    const { root } = this.#parts
    return isBelow(path, root) ? relative(root, path).split(sep).join('/') : path
  }

  /** Written, moved there or touched since the attempt was given its folder; what an earlier one left is not its own. */
  async #isNew(path: string): Promise<boolean> {
    return (await lstat(path, { bigint: true })).ctimeNs >= this.#sinceNs
  }
}

const reasons: Readonly<Record<'not-a-file' | 'outside', string>> = {
  'not-a-file': 'no file and was left aside',
  outside: 'reached through a link that leads out of its folder, and was left aside',
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch {
    // Something is in it: what was kept, or what came too late.
  }
}

function countOf(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? `${one} was` : `${more} were`}`
}

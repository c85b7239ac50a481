// A project in a folder of its own, and the built command line run in it: what every test of the command line needs.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

/** The built command. */
export const main: string = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'dist', 'main.js')

/** What a command came to. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A line of the event stream. */
export interface StreamEvent {
  readonly version: number
  readonly kind: string
  readonly [field: string]: unknown
}

/** A command that is still running with `--json`. */
export interface RunningCommand {
  readonly child: ChildProcess
  /** Resolves with the first event from now on, or seen before, that fits; rejects when the command ends without it. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>
  readonly ended: Promise<Ended>
}

/** A project in a temporary folder whose name has blanks and letters beyond ASCII. */
export class CliProject implements AsyncDisposable {
  readonly root: string
  readonly #children = new Set<ChildProcess>()

  private constructor(root: string) {
    this.root = root
  }

  /** Makes a project that runs `node --test`, with the given files. */
  static async create(files: Readonly<Record<string, string>> = {}): Promise<CliProject> {
    const root = join(await mkdtemp(join(tmpdir(), 'muster cli ')), 'prüfung 検')
    await mkdir(root)
    const project = new CliProject(root)
    await project.write({
      'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
      ...files,
    })
    return project
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true })
      await writeFile(join(this.root, path), text)
    }
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.root, path), 'utf8')
  }

  /** Lines of a file that tests append to; none where nothing has been written. */
  async lines(path: string): Promise<readonly string[]> {
    if (!existsSync(join(this.root, path))) return []
    return (await this.read(path)).split('\n').filter((line) => line !== '')
  }

  async append(path: string, text: string): Promise<void> {
    await appendFile(join(this.root, path), text)
  }

  /** Runs `muster` to its end. */
  async muster(...args: readonly string[]): Promise<Ended> {
    return this.#collect(this.#spawn(args))
  }

  /** Starts `muster … --json` and follows its events. */
  follow(...args: readonly string[]): RunningCommand {
    const child = this.#spawn([...args, '--json'])
    const seen: StreamEvent[] = []
    const waiting = new Set<(event: StreamEvent) => void>()
    createInterface({ input: child.stdout ?? fail('standard output is a pipe') }).on('line', (line) => {
      const event = JSON.parse(line) as StreamEvent
      seen.push(event)
      for (const meet of waiting) meet(event)
    })
    const ended = this.#collect(child)
    return {
      child,
      ended,
      until: (fits) =>
        new Promise((resolve, reject) => {
          const before = seen.find(fits)
          if (before !== undefined) {
            resolve(before)
            return
          }
          const meet = (event: StreamEvent): void => {
            if (!fits(event)) return
            waiting.delete(meet)
            resolve(event)
          }
          waiting.add(meet)
          void ended.then(({ code, stdout, stderr }) => {
            reject(new Error(`ended with ${String(code)} before the event\n${stdout}\n${stderr}`))
          })
        }),
    }
  }

  /** Runs a line of the shell, in which `muster` is the command. */
  async shell(line: string): Promise<Ended> {
    const child = spawn('bash', ['-c', `muster() { "$NODE" "$MUSTER" "$@"; }; ${line}`], {
      cwd: this.root,
      env: { ...environment(), NODE: process.execPath, MUSTER: main },
    })
    this.#children.add(child)
    return this.#collect(child)
  }

  #spawn(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [main, ...args], { cwd: this.root, env: environment() })
    this.#children.add(child)
    return child
  }

  async #collect(child: ChildProcess): Promise<Ended> {
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    this.#children.delete(child)
    return { code, stdout, stderr }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    await rm(dirname(this.root), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Plain text, no colour, and nothing of the test runner around us. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(VITEST|NODE_OPTIONS|FORCE_COLOR|npm_|(CI|TEST|GITHUB_ACTIONS|GITLAB_CI|TF_BUILD|TEAMCITY_VERSION|BUILDKITE)$)/.test(
        name,
      ),
  )
  return { ...Object.fromEntries(own), NO_COLOR: '1' }
}

function fail(fact: string): never {
  throw new Error(`Expected that ${fact}.`)
}

/** A file of node:test whose cases pass. */
export function passing(...titles: readonly string[]): string {
  return [`import test from 'node:test'`, ...titles.map((title) => `test(${JSON.stringify(title)}, () => {})`)].join(
    '\n',
  )
}

/** A file of node:test with one case that fails. */
export function failing(title: string, message: string): string {
  return `import test from 'node:test'\ntest(${JSON.stringify(title)}, () => { throw new Error(${JSON.stringify(message)}) })`
}

/** A file that fails in its first try and passes from then on. */
export function flaky(title: string): string {
  return `import test from 'node:test'
import { existsSync, writeFileSync } from 'node:fs'
test(${JSON.stringify(title)}, () => {
  if (existsSync('tried')) return
  writeFileSync('tried', '')
  throw new Error('not yet')
})`
}

/** A file that writes a line with its process id to `began`, and passes once there is a file `release`. */
export function held(): string {
  return `import test from 'node:test'
import { appendFileSync, existsSync } from 'node:fs'
test('begins', () => { appendFileSync('began', process.pid + '\\n') })
test('holds', async () => {
  while (!existsSync('release')) await new Promise((resolve) => setTimeout(resolve, 10))
})`
}

/** A file that passes and writes a line to `witness`. */
export function witnessed(name: string): string {
  return `import test from 'node:test'
import { appendFileSync } from 'node:fs'
test('writes', () => { appendFileSync('witness', ${JSON.stringify(`${name}\n`)}) })`
}

// Packages from the registry that ship their own tests, as somebody else wrote them: copied out of node_modules, since no
// runner looks in there.
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A suite that a package ships, for node:test. */
export interface RealSuite {
  readonly name: string
  /** Files of other runners, relative to the package. */
  readonly leaveOut?: readonly string[]
}

/** Suites without time limits of milliseconds, which would fail on a busy machine whoever runs them. */
export const realSuites: readonly RealSuite[] = [
  { name: 'find-my-way' },
  { name: 'process-warning', leaveOut: ['test/jest.test.js'] },
  { name: '@fastify/error' },
  { name: 'safe-regex2' },
  // Files of these two need packages that are not there: what fails has to be counted rightly too.
  { name: 'pino-std-serializers' },
  { name: '@pinojs/redact' },
]

/** Copies a suite into `root` and names its test files, relative to it. */
export function copySuite({ name, leaveOut = [] }: RealSuite, root: string): readonly string[] {
  const source = folderOf(name)
  mkdirSync(root, { recursive: true })
  cpSync(source, root, { recursive: true, filter: (path) => !relative(source, path).includes('node_modules') })
  symlinkSync(modulesBeside(source), join(root, 'node_modules'), 'dir')
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path}`)
    .filter((path) => /\.test\.[cm]?js$/.test(path) && !leaveOut.includes(path))
    .sort()
}

function folderOf(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.resolve(name)))
  while (!existsSync(join(folder, 'test')) || !existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

function modulesBeside(folder: string): string {
  let modules = dirname(folder)
  while (!modules.endsWith('node_modules')) modules = dirname(modules)
  return modules
}

// Reads what `recognise` needs to know, and no more: a folder, a manifest, at most one configuration.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { z } from 'zod'
import { defaultGlobs, namedLikeTests, neverTests } from '../../node/default-globs.ts'
import { walkFiles } from '../../files/shell/walk-files.ts'
import { isCalledAsVitestExpects, isOfNodeTest, type Manifest, type ProjectFacts } from '../project-facts.ts'

const names = z.record(z.string(), z.unknown()).catch({})

// Whatever else is wrong with a manifest is the package manager's business.
const manifestShape = z.object({
  scripts: z.record(z.string(), z.string()).catch({}),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
  optionalDependencies: names,
})

/** Imports stand at the top; what stands below is not read, in bytes. */
const headBytes = 16_384

/** What is found in `root`. */
export function readProject(root: string): ProjectFacts {
  const rootFiles = readdirSync(root)
  const vite = rootFiles.find((name) => /^vite\.config\.(ts|mts|cts|js|mjs|cjs)$/.test(name))
  return {
    rootFiles,
    manifest: rootFiles.includes('package.json') ? readManifest(join(root, 'package.json')) : undefined,
    viteConfig: vite === undefined ? undefined : readFileSync(join(root, vite), 'utf8'),
  }
}

/** What the files that are called as `node --test` or Vitest expects turn out to be. */
export interface TestFiles {
  /** They import node:test, and not Vitest. */
  readonly ofNodeTest: readonly string[]
  /** The others that are called like tests. */
  readonly others: readonly string[]
}

/** The test files below `root`, by whether they are node:test's. */
export function readTestFiles(root: string): TestFiles {
  const isNodes = picomatch([...defaultGlobs], { dot: true, ignore: [...neverTests] })
  const files = walkFiles(root, (file) => isCalledAsVitestExpects(file) || isNodes(file))
  const ofNodeTest = new Set(files.filter((file) => isOfNodeTest(headOf(join(root, file)))))
  const isNamedLikeTest = picomatch([...namedLikeTests], { dot: true })
  return {
    ofNodeTest: [...ofNodeTest],
    others: files.filter((file) => !ofNodeTest.has(file) && (isCalledAsVitestExpects(file) || isNamedLikeTest(file))),
  }
}

function readManifest(path: string): Manifest | undefined {
  try {
    const { scripts, ...kinds } = manifestShape.parse(JSON.parse(readFileSync(path, 'utf8')))
    return { scripts, dependencies: Object.values(kinds).flatMap((kind) => Object.keys(kind)) }
  } catch {
    return undefined
  }
}

function headOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(headBytes)
    return buffer.toString('utf8', 0, readSync(file, buffer))
  } finally {
    closeSync(file)
  }
}

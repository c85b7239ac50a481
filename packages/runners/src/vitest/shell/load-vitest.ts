// Finds the Vitest of the project itself: two copies in one process would not know each other's tests. It loads nothing of
// Muster, since it runs where every millisecond of a start counts.
import { createRequire, enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { VitestNode } from '../vitest-api.ts'

/** The project has no Vitest that we could use. */
export class VitestMissing extends Error {
  override readonly name: string = 'VitestMissing'
  readonly expected: string
  readonly got: string
  readonly remedy: string

  constructor(facts: { readonly expected: string; readonly got: string; readonly remedy: string }) {
    super(`expected ${facts.expected}, got ${facts.got}. ${facts.remedy}`)
    this.expected = facts.expected
    this.got = facts.got
    this.remedy = facts.remedy
  }
}

const supported: ReadonlySet<string> = new Set(['4', '5'])

/** Loads `vitest/node` as the project in `root` would, or throws `VitestMissing` with what to install. */
export async function loadVitest(root: string): Promise<VitestNode> {
  const from = createRequire(join(root, 'package.json'))
  const entry = resolveEntry(from)
  if (entry === undefined) {
    throw new VitestMissing({
      expected: 'Vitest to be installed',
      got: `none that ${root} can import`,
      remedy: 'Install it: npm i -D vitest',
    })
  }
  const version = versionOf(from)
  const [major = ''] = version.split('.')
  if (!supported.has(major)) {
    throw new VitestMissing({
      expected: 'Vitest 4 or 5',
      got: `Vitest ${version} in ${root}`,
      remedy: 'Install one of them: npm i -D vitest@latest',
    })
  }
  // Half the time to start is spent on compiling Vitest.
  enableCompileCache()
  const loaded: unknown = await import(pathToFileURL(entry).href)
  if (!isVitestNode(loaded)) throw new Error(`vitest/node of Vitest ${version} exports no createVitest.`)
  return loaded
}

function resolveEntry(from: NodeJS.Require): string | undefined {
  try {
    return from.resolve('vitest/node')
  } catch {
    return undefined
  }
}

function versionOf(from: NodeJS.Require): string {
  const manifest: unknown = from('vitest/package.json')
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined
  return typeof version === 'string' ? version : 'of an unknown version'
}

function isVitestNode(loaded: unknown): loaded is VitestNode {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'createVitest' in loaded &&
    typeof loaded.createVitest === 'function'
  )
}

// Finds the Vitest of the project itself: two copies in one process would not know each other's tests.
import { createRequire, enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MusterError } from '@muster/core'
import type { VitestNode } from '../vitest-api.ts'

const supported: ReadonlySet<string> = new Set(['4', '5'])

/** Loads `vitest/node` as the project in `root` would, or throws `RUNNER_MISSING` with what to install. */
export async function loadVitest(root: string): Promise<VitestNode> {
  const from = createRequire(join(root, 'package.json'))
  const entry = resolveEntry(from, root)
  const version = versionOf(from)
  const [major = ''] = version.split('.')
  if (!supported.has(major)) {
    throw new MusterError('RUNNER_MISSING', {
      expected: 'Vitest 4 or 5',
      got: `Vitest ${version} in ${root}`,
      remedy: 'Install a newer one: npm i -D vitest@latest',
    })
  }
  // Half the time to start is spent on compiling Vitest.
  enableCompileCache()
  const loaded: unknown = await import(pathToFileURL(entry).href)
  if (isVitestNode(loaded)) return loaded
  throw new MusterError('RUNNER_FAILED', {
    expected: 'vitest/node to export createVitest',
    got: `Vitest ${version}, which does not`,
  })
}

function resolveEntry(from: NodeJS.Require, root: string): string {
  try {
    return from.resolve('vitest/node')
  } catch (cause) {
    throw new MusterError('RUNNER_MISSING', {
      expected: 'Vitest to be installed',
      got: `none that ${root} can import`,
      remedy: 'Install it: npm i -D vitest',
      cause,
    })
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

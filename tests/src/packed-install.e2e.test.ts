// What a user gets: every published package, packed, installed into an empty project and imported entry by entry.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const packages = join(import.meta.dirname, '..', '..', 'packages')

interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

let project = ''
let manifests: readonly Manifest[] = []

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'muster-packed-'))
  manifests = await readManifests()
  for (const { name } of manifests) {
    const folder = join(packages, name.slice('@muster/'.length))
    await run('npm', ['pack', '--silent', '--pack-destination', project], { cwd: folder, env: cleanEnvironment() })
  }
  const tarballs = (await readdir(project)).filter((file) => file.endsWith('.tgz')).map((file) => `./${file}`)
  expect(tarballs).toHaveLength(manifests.length)
  // Optional peers are what the user of an adapter already has.
  const peers = new Map(manifests.flatMap(({ peerDependencies = {} }) => Object.entries(peerDependencies)))
  const dependencies = Object.fromEntries(peers)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'packed', private: true, dependencies }))
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs]
  await run('npm', install, { cwd: project, env: cleanEnvironment() })
}, 240_000)

afterAll(async () => {
  await rm(project, { recursive: true, force: true })
})

test('every entry of every package can be imported', async () => {
  const specifiers = manifests.flatMap(({ name, exports = {} }) =>
    Object.keys(exports)
      .filter((subpath) => subpath !== './package.json')
      .map((subpath) => name + subpath.slice(1)),
  )
  expect(specifiers).toContain('@muster/core')
  const script = `for (const name of ${JSON.stringify(specifiers)}) {
    const exported = Object.keys(await import(name))
    if (exported.length === 0) throw new Error(name + ' exports nothing')
    console.log(name)
  }`
  await writeFile(join(project, 'import-all.mjs'), script)
  const { stdout } = await run('node', ['import-all.mjs'], { cwd: project, env: cleanEnvironment() })
  expect(stdout.trim().split('\n')).toEqual(specifiers)
})

test('the command says its version', async () => {
  const { stdout } = await run('npx', ['--no-install', 'muster', '--version'], {
    cwd: project,
    env: cleanEnvironment(),
  })
  const version = manifests.find(({ name }) => name === '@muster/cli')?.version
  expect(version).toBeDefined()
  expect(stdout.trim()).toContain(version)
})

async function readManifests(): Promise<readonly Manifest[]> {
  const found: Manifest[] = []
  for (const folder of (await readdir(packages)).sort()) {
    const manifest = JSON.parse(await readFile(join(packages, folder, 'package.json'), 'utf8')) as Manifest
    if (manifest.private !== true) found.push(manifest)
  }
  return found
}

/** What the npm around this test says of its own project must not reach the npm inside it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|config_local_prefix|command)|INIT_CWD|NODE_OPTIONS|VITEST)/.test(name),
  )
  return Object.fromEntries(kept)
}

// Copies the packages whose suites are run out of node_modules, since no runner looks in there, and forgets what the last
// run left behind, so that the flaky test is flaky every time.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const here = join(import.meta.dirname, '..')

rmSync(join(here, 'build'), { recursive: true, force: true })
for (const name of ['find-my-way', 'avvio', 'process-warning']) {
  const target = join(here, 'vendor', name)
  if (existsSync(target)) continue
  const source = folderOf(name)
  cpSync(source, target, { recursive: true, filter: (path) => !path.slice(source.length).includes('node_modules') })
}

function folderOf(name) {
  let folder = dirname(require.resolve(name))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

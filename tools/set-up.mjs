// Makes a fresh clone ready: installs what the lock file names, if it is not there yet. It runs on whatever Node the
// machine has and imports nothing that needs installing. The step after it must be a new `npm run`, because only a new
// shell finds the Node that this installs.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const why = whatIsMissing()
if (why !== undefined) {
  const began = Date.now()
  process.stderr.write(`Installing dependencies (${why}) …\n`)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  const { status } = spawnSync(npm, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (status !== 0) {
    process.stderr.write('The installation failed. Expected `npm ci` to succeed; its messages are above.\n')
    process.exit(status ?? 1)
  }
  process.stderr.write(`Installed in ${Math.round((Date.now() - began) / 1000)} s.\n`)
}

/** Compares the lock file with the one npm keeps inside `node_modules`; optional packages may be absent. */
function whatIsMissing() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === undefined) return undefined
  if (present === undefined) return 'first time'
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.optional || entry.devOptional) continue
    const found = present[path]
    const isOther = entry.resolved !== undefined && found?.resolved !== entry.resolved
    if (found?.version !== entry.version || isOther) {
      return `${path.replace('node_modules/', '')} differs from the lock file`
    }
  }
  return existsSync(join(root, 'node_modules', '.bin')) ? undefined : 'first time'
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

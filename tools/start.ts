// What `npm start` does once everything is installed: builds, shows the command line at work and says where to go on.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildOrExit } from './build.ts'
import { root } from './entries.ts'
import { runCommand } from './run-command.ts'

process.stdout.write('Building …\n')
await buildOrExit()
const version = await runCommand({ program: 'node', args: ['packages/cli/dist/main.js', '--version'] })
if (version.code !== 0) {
  process.stderr.write(version.output)
  process.exit(version.code)
}
process.stdout.write(`Muster ${version.stdout.trim()} is built.\n`)

const quickStart = join(root, 'examples', 'quickstart')
if (existsSync(join(quickStart, 'package.json'))) {
  const { code } = await runCommand({ program: 'npm', args: ['run', '-s', 'start'], cwd: quickStart, isShown: true })
  process.exitCode = code
}
process.stdout.write('Next: `npm test` runs every test, `npm run examples` every example; README.md tells the rest.\n')

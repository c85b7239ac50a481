// Runs one benchmark against the built packages.
import { buildOrExit } from './build.ts'
import { runCommand } from './run-command.ts'

await buildOrExit()
const args = ['bench/src/run.ts', ...process.argv.slice(2)]
process.exitCode = (await runCommand({ program: 'node', args, isShown: true })).code

// Builds every package, quietly: what did not change is answered from the cache, and only a failure is worth reading.
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './entries.ts'
import { type Ended, runCommand } from './run-command.ts'

/** Builds what has changed. */
export async function build(): Promise<Ended> {
  const ended = await runCommand({
    program: 'turbo',
    args: ['run', 'build', '--concurrency=2', '--output-logs=errors-only', '--log-order=grouped', '--no-color'],
  })
  if (ended.code === 0) linkCommand()
  return ended
}

/** The install could not link the command, which is there only once it is built. */
function linkCommand(): void {
  const link = join(root, 'node_modules', '.bin', 'muster')
  if (!existsSync(link)) symlinkSync(join('..', '@muster', 'cli', 'dist', 'main.js'), link)
}

/** Builds and, where that fails, prints why and ends the process. */
export async function buildOrExit(): Promise<void> {
  const { code, output } = await build()
  if (code === 0) return
  process.stderr.write(`${output}\nThe build failed; its messages are above.\n`)
  process.exit(code)
}

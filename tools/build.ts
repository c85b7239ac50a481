// Builds every package, quietly: what did not change is answered from the cache, and only a failure is worth reading.
import { type Ended, runCommand } from './run-command.ts'

export function build(): Promise<Ended> {
  return runCommand({
    program: 'turbo',
    args: ['run', 'build', '--concurrency=2', '--output-logs=errors-only', '--log-order=grouped', '--no-color'],
  })
}

/** Builds and, where that fails, prints why and ends the process. */
export async function buildOrExit(): Promise<void> {
  const { code, output } = await build()
  if (code === 0) return
  process.stderr.write(`${output}\nThe build failed; its messages are above.\n`)
  process.exit(code)
}

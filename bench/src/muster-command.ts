// Where the command lies that a user would type, for benchmarks that measure or break what a user has.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built program of the command line, to be run by Node. */
export function musterCommand(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@muster/cli'))), 'main.js')
}

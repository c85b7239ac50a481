// Files are named relative to the project's root and with forward slashes everywhere, so that a task has the same id on
// every machine.
import { relative, sep } from 'node:path'

/** `file` as seen from `root`; unchanged but for its slashes where it lies on another drive. */
export function relativeFile(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}

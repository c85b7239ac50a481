// How large a test file is: all that is known of how long it will take before it has ever run.
import { statSync } from 'node:fs'

/** Bytes of the file at `path`, links followed; nothing where it cannot be looked at. */
export function fileSize(path: string): number | undefined {
  // A hint about the order alone: what is wrong with the file is told by whoever runs it.
  try {
    return statSync(path).size
  } catch {
    return undefined
  }
}

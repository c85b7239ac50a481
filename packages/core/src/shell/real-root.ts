// Where a project really lies. Processes and files are found again by it, so it must be the same whatever way leads there.
import { realpathSync } from 'node:fs'

/** The root without links; as it was given where no such folder is there, which attempts may do without. */
export function realRoot(root: string): string {
  try {
    return realpathSync(root)
  } catch {
    // It is not there, or may not be looked at: whoever needs it will say so.
    return root
  }
}

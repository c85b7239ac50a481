// A short name of a run on this machine, for files and groups that belong to it.
import { createHash } from 'node:crypto'

/** 24 hexadecimal digits that stand for a run of a project. */
export function runKey({ run, root }: { readonly run: string; readonly root: string }): string {
  return createHash('sha256').update(`${root}\0${run}`).digest('hex').slice(0, 24)
}

// Who owns a run at present, written where every supervisor of the run can read it: before an attempt starts, its supervisor
// looks whether its coordinator is still the owner. So a coordinator that was thought dead starts nothing more.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { listProcesses, readProcess } from './process-table.ts'
import { runKey } from './run-key.ts'

/** The fence of one run, as its owner holds it. */
export interface Fence {
  readonly path: string
  /** What stands in the file as long as the owner is this one. */
  readonly owner: string
}

/**
 * Makes this process the owner of a run on this machine. Nothing is answered where an owner with a later epoch is alive.
 */
export function raiseFence(of: {
  readonly run: string
  readonly root: string
  readonly epoch: number
}): Fence | undefined {
  const path = join(tmpdir(), `muster-${userInfo().uid}`, `${runKey(of)}.owner`)
  const [epoch, pid, startedAt] = (readOwner(path) ?? '').split(' ')
  if (Number(epoch) > of.epoch && isAlive(Number(pid), startedAt)) return undefined
  const owner = `${of.epoch} ${process.pid} ${startOf(process.pid) ?? ''}`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const written = `${path}.${process.pid}`
  writeFileSync(written, owner)
  renameSync(written, path)
  return { path, owner }
}

/** Whether the run has no other owner. A file that a test has tidied away names none. */
export function isFenceHeld({ path, owner }: Fence): boolean {
  return (readOwner(path) ?? owner) === owner
}

/** Takes the fence away, if nobody else has raised it since. */
export function lowerFence(fence: Fence): void {
  if (isFenceHeld(fence)) rmSync(fence.path, { force: true })
}

function readOwner(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function isAlive(pid: number, startedAt: string | undefined): boolean {
  return pid !== process.pid && startedAt !== undefined && startOf(pid) === startedAt
}

function startOf(pid: number): string | undefined {
  const isLinux = process.platform === 'linux'
  return (isLinux ? readProcess(pid) : listProcesses().find((process) => process.pid === pid))?.startedAt
}

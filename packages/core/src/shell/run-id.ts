// Ids of runs: sortable by time, readable aloud, and not to be guessed apart.
import { randomBytes } from 'node:crypto'

/** A new run id such as `20261121-134501-k3f9`. */
export function newRunId(wallMs: number): string {
  const stamp = new Date(wallMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${stamp}-${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0').slice(-6)}`
}

/** A seed from a run id, so that a run that names none can still be repeated. */
export function seedOf(run: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < run.length; i++) hash = Math.imul(hash ^ run.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

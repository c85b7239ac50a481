// What a row of the table of runs says of its owner. Rows from before owners were described say nothing but the lease.
import type { SQLOutputValue } from 'node:sqlite'
import type { OwnerRecord } from '../judge-owner.ts'

/** The owner in a row of runs. */
export function ownerOf(row: Readonly<Record<string, SQLOutputValue>>): OwnerRecord {
  const { machine, pid, started } = row
  return {
    machine: typeof machine === 'string' ? machine : null,
    pid: typeof pid === 'number' ? pid : null,
    started: typeof started === 'string' ? started : null,
    leaseExpiresWallMs: Number(row['lease_expires_wall_ms'] ?? 0),
    leaseExpiresBootMs: row['lease_expires_boot_ms'] === null ? null : Number(row['lease_expires_boot_ms']),
  }
}

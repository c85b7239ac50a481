// Whether the owner of a run is alive. A lease answers for every machine; on one machine the process itself answers at
// once, and better: one that is stopped renews no lease, and goes on all the same once it is let.

/** What an owner left in the database when it opened its run. */
export interface OwnerRecord {
  /** The machine, this boot of it and its process namespace; `null` where it was not known. */
  readonly machine: string | null
  readonly pid: number | null
  /** When the process started, so that another one with its number is told apart. */
  readonly started: string | null
  readonly leaseExpiresWallMs: number
  /** The same moment on the clock that runs since the machine's boot. */
  readonly leaseExpiresBootMs: number | null
}

/** What is known here and now. */
export interface Surroundings {
  readonly machine: string
  /** Number of the process that asks. */
  readonly pid: number
  readonly wallNowMs: number
  /** Time since boot, where the machine name tells boots apart. */
  readonly bootNowMs: number | undefined
  /** What a process with this number, started then, does on this machine; `gone` where there is none. */
  readonly processOf: (pid: number, started: string | null) => 'runs' | 'stopped' | 'gone'
}

/** How it is with an owner: `stopped` lives and stands still, as after Ctrl-Z. */
export type OwnerLife = 'alive' | 'stopped' | 'dead'

/**
 * An owner whose process is seen here lives as long as that does; one that is not seen, or that might be another process of
 * the same number, as long as its lease. An owner in the process that asks has only its lease too: the process lives for
 * certain, and may have lost the owner all the same.
 */
export function judgeOwner(owner: OwnerRecord, here: Surroundings): OwnerLife {
  const isHere = owner.machine === here.machine
  if (isHere && owner.pid !== null) {
    const found = here.processOf(owner.pid, owner.started)
    if (found === 'gone') return 'dead'
    if (owner.started !== null && owner.pid !== here.pid) return found === 'stopped' ? 'stopped' : 'alive'
  }
  if (isHere && owner.leaseExpiresBootMs !== null && here.bootNowMs !== undefined) {
    return here.bootNowMs < owner.leaseExpiresBootMs ? 'alive' : 'dead'
  }
  return here.wallNowMs < owner.leaseExpiresWallMs ? 'alive' : 'dead'
}

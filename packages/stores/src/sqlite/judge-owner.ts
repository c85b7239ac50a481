// Whether the owner of a run is alive. A lease answers for every machine; on one machine the process itself answers at
// once, and the lease is read off a clock that nobody can set.

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
  readonly wallNowMs: number
  /** Time since boot, where the machine name tells boots apart. */
  readonly bootNowMs: number | undefined
  /** Whether a process with this number runs on this machine, started then. */
  readonly isRunning: (pid: number, started: string | null) => boolean
}

/** An owner is dead once its process is seen to be gone or its lease is over. */
export function isOwnerAlive(owner: OwnerRecord, here: Surroundings): boolean {
  const isHere = owner.machine === here.machine
  if (isHere && owner.pid !== null && !here.isRunning(owner.pid, owner.started)) return false
  if (isHere && owner.leaseExpiresBootMs !== null && here.bootNowMs !== undefined) {
    return here.bootNowMs < owner.leaseExpiresBootMs
  }
  return here.wallNowMs < owner.leaseExpiresWallMs
}

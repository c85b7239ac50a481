// A run's state from its journal: evolve alone, so it needs no policy to be right.
import { messageOf } from '../errors/message-of.ts'
import { MusterError } from '../errors/muster-error.ts'
import type { Store } from '../ports/store.ts'
import type { Policy } from '../ports/policy.ts'
import { decodeCommit } from '../run/commit-codec.ts'
import type { CommitRecord } from '../run/entry.ts'
import { Kernel } from '../run/kernel.ts'

/** A kernel as its journal left it. */
export interface ReadRun {
  readonly kernel: Kernel
  readonly lastAtMs: number
  readonly startedAtWallMs: number
  /** Wall time of the last commit. */
  readonly lastWallMs: number
}

/** The commits of a run, oldest first. */
export async function* readCommits(store: Store, run: string): AsyncIterable<CommitRecord> {
  for await (const rows of store.readJournal(run)) {
    for (const { seq, bytes } of rows) yield decodeCommit(bytes, run, seq)
  }
}

/** Evolves a kernel over the whole journal. */
export async function readRun(store: Store, run: string, policy: Policy): Promise<ReadRun> {
  const kernel = new Kernel(policy)
  let lastAtMs = 0
  let startedAtWallMs: number | undefined
  let lastWallMs = 0
  // Row by row inside a batch without waiting: a promise a row would cost more than evolving it.
  for await (const rows of store.readJournal(run)) {
    for (const { seq, bytes } of rows) {
      const commit = decodeCommit(bytes, run, seq)
      evolveRow(kernel, commit, { run, seq })
      lastAtMs = commit.atMs
      lastWallMs = commit.wallMs
      startedAtWallMs ??= commit.wallMs
    }
  }
  const hasTasks = kernel.state.tasks.size > 0 || kernel.state.sourceClosed
  if (startedAtWallMs === undefined || !hasTasks) {
    const record = await store.findRun(run)
    throw new MusterError('RUN_UNKNOWN', {
      expected: `run ${run} to have tasks in the store`,
      got: record === undefined ? 'no such run' : 'a run that ended before its tasks were recorded; nothing of it ran',
      ...(record === undefined ? {} : { remedy: 'Start it anew.' }),
    })
  }
  return { kernel, lastAtMs, startedAtWallMs, lastWallMs }
}

/**
 * A row that can be decoded may still not follow from those before it, where something else than us wrote it. That is the
 * store's fault, not a bug of ours, whatever trips over it first.
 */
function evolveRow(kernel: Kernel, commit: CommitRecord, at: { readonly run: string; readonly seq: number }): void {
  try {
    kernel.evolve(commit.entries, commit.atMs)
  } catch (cause) {
    throw new MusterError('STORE_CORRUPT', {
      expected: `row ${String(at.seq)} of run ${at.run} to follow from the rows before it`,
      got: messageOf(cause),
      cause,
    })
  }
}

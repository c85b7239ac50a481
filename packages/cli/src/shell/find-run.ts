// Which run is meant: the one that was named, or the newest that fits.
import { MusterError, nearestName, type RunRecord, type Store } from '@muster/core'

/** The run that was named, or else the newest one that `fits`. Throws `RUN_UNKNOWN`. */
export async function findRun(
  store: Store,
  named: string | undefined,
  wanted: { readonly fits: (run: RunRecord) => boolean; readonly words: string } = { fits: () => true, words: 'a run' },
): Promise<RunRecord> {
  const runs = await store.listRuns()
  if (named === undefined) {
    const newest = runs.find(wanted.fits)
    if (newest !== undefined) return newest
    throw new MusterError('RUN_UNKNOWN', {
      expected: `${wanted.words} in the store`,
      got: runs.length === 0 ? 'no runs at all' : 'none that fits',
      remedy: runs.length === 0 ? 'Start one with `muster run`.' : 'See `muster history`.',
    })
  }
  const exact = runs.find(({ run }) => run === named)
  if (exact !== undefined) return exact
  // The end of an id is enough, as long as only one run has it: nobody types a whole one.
  const ends = runs.filter(({ run }) => run.endsWith(named))
  const [only] = ends
  if (only !== undefined && ends.length === 1) return only
  const near = nearestName(
    named,
    runs.map(({ run }) => run),
  )
  throw new MusterError('RUN_UNKNOWN', {
    expected: ends.length > 1 ? 'an id, or an end of one, that only one run has' : 'the id of a run in the store',
    got: ends.length > 1 ? `${named}, which ${String(ends.length)} runs end with` : named,
    remedy: near === undefined ? undefined : `Did you mean ${near}?`,
  })
}

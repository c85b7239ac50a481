// The ends that the report of a run shows, in the words of the witness, so that both can be compared end by end.
import type { RunReport } from '@muster/core'
import type { KeptEnd } from './kept-ends.ts'

/** Ends of all attempts that came to one; a report knows no rows. */
export function reportedEnds({ tasks }: Pick<RunReport, 'tasks'>): readonly KeptEnd[] {
  return tasks.flatMap(({ id, attempts }) =>
    attempts.flatMap(({ n, ending }) =>
      ending.kind === 'ended' ? [{ task: id, n, result: ending.outcome.result, row: 0 }] : [],
    ),
  )
}

// The files of one attempt.
import type { Artifact, AttemptReport } from '@muster/core'

/** What an attempt left behind; nothing for one that did not end. */
export function artifactsOf({ ending }: Pick<AttemptReport, 'ending'>): readonly Artifact[] {
  return ending.kind === 'ended' ? (ending.outcome.artifacts ?? []) : []
}

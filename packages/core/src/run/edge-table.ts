// What a verdict does to those who wait for it. The one place that knows what hard, soft and optional mean.
import type { DependencyKind } from '../model/dependency.ts'
import type { VerdictKind } from '../model/verdict.ts'

/** What an edge does once its target has its verdict. */
export type EdgeEffect = 'go' | 'block' | 'skip'

const hard: Readonly<Record<VerdictKind, EdgeEffect>> = {
  passed: 'go',
  flaky: 'go',
  failed: 'block',
  'timed-out': 'block',
  blocked: 'block',
  cancelled: 'block',
  poisoned: 'block',
  unplaceable: 'block',
  skipped: 'skip',
}

/** What an edge of `kind` does when its target is judged. Quarantine is an overlay and changes nothing here. */
export function edgeEffect(kind: DependencyKind, verdict: VerdictKind): EdgeEffect {
  return kind === 'hard' ? hard[verdict] : 'go'
}

/** What an edge of `kind` does when its time limit is over. */
export function expiryEffect(kind: DependencyKind): EdgeEffect {
  return kind === 'hard' ? 'block' : 'go'
}

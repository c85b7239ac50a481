// The names of breakers: what they watch and which one of it, as one text that people read and journals keep.

/**
 * What a breaker watches. `probation` is a worker's too: it opens after very few failures that speak against the worker
 * itself, until it is known whether others fail alike.
 */
export type BreakerKind = 'worker' | 'probation' | 'host' | 'resource' | 'category'

/** The name of a breaker: `resource:payments`, `worker:w3`. */
export type BreakerKey = `${BreakerKind}:${string}`

/** What the breaker of that name watches. */
export function kindOfKey(key: BreakerKey): BreakerKind {
  if (key.startsWith('worker:')) return 'worker'
  if (key.startsWith('probation:')) return 'probation'
  if (key.startsWith('host:')) return 'host'
  return key.startsWith('resource:') ? 'resource' : 'category'
}

/** Which one it watches: `payments`, `w3`. */
export function subjectOfKey(key: BreakerKey): string {
  return key.slice(key.indexOf(':') + 1)
}

/** In words: `resource payments`, `worker w3`. */
export function nameOfKey(key: BreakerKey): string {
  const kind = kindOfKey(key)
  return `${kind === 'probation' ? 'worker' : kind} ${subjectOfKey(key)}`
}

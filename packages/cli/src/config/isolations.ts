// What may separate one attempt from the next, by name; the configuration and the command line both read this list.
import type { Isolation } from '@muster/core'

/** {@link Isolation} as a list. */
export const isolations: readonly Isolation[] = ['process', 'thread']

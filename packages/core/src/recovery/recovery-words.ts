// How far a recovery strategy reaches and why one was taken, in the words that strategies, journal and reports share.

/** How far a strategy reaches, from a plain retry (1) to giving up the task (5); higher ones disturb more. */
export type RecoveryLevel = 1 | 2 | 3 | 4 | 5

/**
 * Why a strategy was chosen: it is the best that is known, it was worth a look, nothing is known and it disturbs least, it is
 * what such failures are met with anyway, or every other was tried in vain too often.
 */
export type RecoveryReason = 'best-known' | 'explored' | 'least-disturbing' | 'default' | 'all-retired'

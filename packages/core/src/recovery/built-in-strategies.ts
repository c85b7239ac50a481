// The strategies that a run can carry out today. What is missing in this list is missing on purpose: a strategy that nobody
// carries out would be learned to be useless.
import { defineRecoveryStrategy, type RecoveryStrategy } from './recovery-strategy.ts'

/** Strategies that every run offers, by level. */
export const builtInStrategies: readonly RecoveryStrategy[] = [
  defineRecoveryStrategy({
    name: 'retry',
    level: 1,
    does: 'tries again at once',
    effect: { kind: 'retry', delayMs: 0 },
  }),
  defineRecoveryStrategy({
    name: 'delay',
    level: 2,
    does: 'waits, then tries again',
    effect: { kind: 'retry', delayMs: 5000 },
    categories: ['network', 'timeout', 'resource', 'environment', 'infrastructure', 'unknown'],
  }),
  defineRecoveryStrategy({
    name: 'restart',
    level: 2,
    does: 'tries again in a fresh process',
    effect: { kind: 'retry', process: 'fresh' },
    categories: ['timeout', 'resource', 'environment', 'process-crash', 'infrastructure', 'unknown'],
  }),
  defineRecoveryStrategy({
    name: 'fresh-process',
    level: 3,
    does: 'tries again in a fresh process that uses no cache',
    effect: { kind: 'retry', process: 'fresh-without-cache' },
    categories: ['timeout', 'environment', 'process-crash', 'infrastructure', 'unknown'],
    costMs: 200,
  }),
  defineRecoveryStrategy({
    name: 'other-worker',
    level: 3,
    does: 'tries again on another worker',
    effect: { kind: 'retry', worker: 'other' },
    categories: [
      'network',
      'timeout',
      'resource',
      'hardware-device',
      'environment',
      'process-crash',
      'infrastructure',
      'unknown',
    ],
  }),
  defineRecoveryStrategy({
    name: 'larger-reservation',
    level: 3,
    does: 'reserves more of what ran out',
    effect: { kind: 'retry', reservation: 'larger' },
    categories: ['resource', 'process-crash', 'timeout'],
  }),
  defineRecoveryStrategy({
    name: 'reduced-concurrency',
    level: 4,
    does: 'tries again while less runs beside it',
    effect: { kind: 'retry', concurrency: 'reduced' },
    categories: ['network', 'timeout', 'resource', 'process-crash', 'environment', 'unknown'],
    costMs: 1000,
  }),
  defineRecoveryStrategy({
    name: 'exclusive-worker',
    level: 4,
    does: 'tries again with a worker for itself',
    effect: { kind: 'retry', reservation: 'whole-worker' },
    categories: ['resource', 'timeout', 'process-crash', 'hardware-device', 'unknown'],
    costMs: 1000,
  }),
  defineRecoveryStrategy({
    name: 'quarantine-worker',
    level: 5,
    does: 'puts the worker out of the run and tries again elsewhere',
    effect: { kind: 'retry', worker: 'other', quarantine: true },
    categories: ['hardware-device', 'environment', 'infrastructure', 'process-crash'],
    costMs: 10_000,
  }),
  defineRecoveryStrategy({
    name: 'skip',
    level: 5,
    does: 'does not try again: the verdict stands',
    effect: { kind: 'skip' },
    expected: 0,
  }),
]

/**
 * Strategies that exist by name and are not offered, with the reason: what has no effect would be learned to be useless, and
 * shown as if it had been tried.
 */
export const unofferedStrategies: Readonly<Record<string, string>> = {
  'smaller-batch': 'a launch holds one task, so there is no batch that could be smaller',
}

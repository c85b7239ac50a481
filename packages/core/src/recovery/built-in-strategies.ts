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
    name: 'exclusive-worker',
    level: 4,
    does: 'tries again with a worker for itself',
    effect: { kind: 'retry', reservation: 'whole-worker' },
    categories: ['resource', 'timeout', 'process-crash', 'hardware-device', 'unknown'],
    costMs: 1000,
  }),
  defineRecoveryStrategy({
    name: 'skip',
    level: 5,
    does: 'does not try again: the verdict stands',
    effect: { kind: 'skip' },
    expected: 0,
  }),
]

// Signals that mean nothing to the run: of other runs, of tasks and attempts that do not exist, of attempts long over.
import type { AttemptRef } from '../../model/attempt.ts'
import type { AttemptSignal, WorkerSignal } from '../../run/signal.ts'
import type { SeededDice } from './seeded-dice.ts'

/** A signal that must change nothing, made from an attempt that there is. */
export function foreignSignal(dice: SeededDice, attempt: AttemptRef): AttemptSignal | WorkerSignal {
  const { run, task, n } = attempt
  const strange = dice.pick<AttemptRef>([
    { run: 'another run', task, n },
    { run, task: task + 100_000, n },
    { run, task: -1 - task, n },
    { run, task: task + 0.5, n },
    { run, task: Number.NaN, n },
    { run, task, n: n + 1000 },
    { run, task, n: 0 },
    { run, task, n: n - 1 },
  ])
  return dice.pick<AttemptSignal | WorkerSignal>([
    { kind: 'attempt-started', attempt: strange },
    { kind: 'attempt-ended', attempt: strange, outcome: { result: 'failed', durationMs: 1 } },
    { kind: 'attempt-ended', attempt: strange, outcome: { result: 'passed', durationMs: 2 } },
    { kind: 'attempt-lost', attempt: strange, cause: 'worker' },
    { kind: 'attempt-refused', attempt: strange, because: 'it is not ours' },
    { kind: 'worker-left', worker: 'a worker that never was', because: 'it never was' },
    { kind: 'worker-draining', worker: 'a worker that never was' },
  ])
}

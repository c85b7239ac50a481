// Bugs in making room: for whom, where, and what becomes of who makes it.
import type { PlantedFault } from './planted-fault.ts'

/** Planted in pre-emption and kept places. */
export const preemptionFaults: readonly PlantedFault[] = [
  {
    name: 'kept-place-not-held',
    breaks: 'what a task needs beyond the place it is given is taken by others meanwhile',
    file: 'run/keep-place.ts',
    find: 'state.workers.hold(worker, extra, 1)',
    replace: 'state.workers.hold(worker, [], 1)',
  },
  {
    name: 'kept-place-held-for-ever',
    breaks: 'what was kept is never given back',
    file: 'run/keep-place.ts',
    find: 'state.workers.hold(place.worker, place.extra, -1)',
    replace: 'state.workers.hold(place.worker, [], -1)',
  },
  {
    name: 'vacated-place-for-anybody',
    breaks: 'the place that was made for one is taken by whoever goes first',
    file: 'run/keep-place.ts',
    find: 'state.vacated.push(place.task)',
    replace: 'if (place.task < 0) state.vacated.push(place.task)',
  },
  {
    name: 'pre-empted-is-charged',
    breaks: 'an attempt that made room is charged with its failure',
    file: 'run/judge-signal.ts',
    find: "return result !== 'passed' && result !== 'skipped' &&",
    replace: "return result === 'cancelled' &&",
  },
  {
    name: 'pre-empted-though-passed',
    breaks: 'an attempt that passed before it made room is run again',
    file: 'run/judge-signal.ts',
    find: "return result !== 'passed' && result !== 'skipped' &&",
    replace: "return result !== 'skipped' &&",
  },
  {
    name: 'pre-empts-without-room',
    breaks: 'a task makes room that does not do for the other',
    file: 'run/may-preempt.ts',
    find: 'return hasRoom && placement',
    replace: 'return (hasRoom || true) && placement',
  },
  {
    name: 'pre-empts-what-may-not-repeat',
    breaks: 'a task makes room that may not run twice',
    file: 'run/may-preempt.ts',
    find: 'tasks.definition(task).idempotent === false || ',
    replace: '',
  },
  {
    name: 'pre-empts-twice-for-one',
    breaks: 'two tasks make room for the same one',
    file: 'run/may-preempt.ts',
    find: 'if ([...state.keptPlaces.values()].some(({ task }) => task === beneficiary)) return false',
    replace: '',
  },
]

// What attempts do to breakers, folded from the entries that journals hold anyway: starts of probes, successes and failures
// are counted here, and nothing is decided. Each function is left at once in a run that has met no failure that counts.
import type { Outcome } from '../model/outcome.ts'
import type { Resolved } from '../options/resolved.ts'
import type { BreakerOptions } from '../resilience/breaker-options.ts'
import type { BreakerEvent } from '../resilience/breaker-state.ts'
import { countBreaker } from '../resilience/count-breaker.ts'
import { breakerDueMs } from '../resilience/next-breaker.ts'
import { type Bearing, bearingOf, blameOf } from './bearing-of.ts'
import { type BreakerKey, kindOfKey } from './breaker-key.ts'
import { keysOfTask, keysOfWorker, lastBlame } from './breaker-keys.ts'
import type { Probe } from './breaker-table.ts'
import type { BreakerEntry } from './entry.ts'
import type { RunState } from './run-state.ts'

/** A launch may be a probe. Called before the attempt is entered, since what the task failed with last matters. */
export function noteLaunch(state: RunState, row: number, task: number, worker: number): void {
  const { breakers } = state
  if (breakers.shut.size === 0) return
  const category = lastBlame(state, task)
  const keys = [...keysOfWorker(state, worker), ...keysOfTask(state, task)]
  if (category !== undefined) keys.push(`category:${category}`)
  const probes: Probe[] = []
  for (const key of keys) {
    const breaker = breakers.find(key)
    const known = breaker === undefined ? undefined : breakers.row(breaker).state
    if (breaker === undefined || known?.kind !== 'half-open') continue
    probes.push({ breaker, opened: known.opened })
    count(state, breaker, { kind: 'probe-started' })
  }
  if (probes.length === 0) return
  breakers.probes.set(row, probes)
  allowWorkers(state)
}

/** An attempt ended: it speaks for or against what it had, or says nothing. */
export function noteEnd(state: RunState, row: number, outcome: Outcome): void {
  const { breakers, attempts } = state
  const category = blameOf(outcome)
  if (category === undefined && breakers.live.size === 0) return
  const uses = keysOfTask(state, attempts.task(row))
  const keys = [...keysOfWorker(state, attempts.worker(row)), ...uses]
  if (category !== undefined) keys.push(`category:${category}`)
  for (const breaker of breakers.live) {
    const { key } = breakers.row(breaker)
    if (kindOfKey(key) === 'category' && !keys.includes(key)) keys.push(key)
  }
  noteBearings(state, row, keys, (key) => bearingOf(outcome, key, uses.length > 0))
}

/** An attempt was lost: where its worker died under it, that speaks against the worker and nobody else. */
export function noteLoss(state: RunState, row: number, isWorkerBlamed: boolean): void {
  const { breakers, attempts } = state
  if (!isWorkerBlamed && breakers.probes.size === 0) return
  const keys = keysOfWorker(state, attempts.worker(row)).filter((key) => kindOfKey(key) === 'worker')
  noteBearings(state, row, isWorkerBlamed ? keys : [], () => 'failed')
}

/** A breaker opens, half-opens, closes or is spent. */
export function evolveBreaker(state: RunState, entry: BreakerEntry): void {
  const { breakers } = state
  const options = optionsOf(state, entry.key)
  const breaker = breakers.find(entry.key) ?? (options === undefined ? undefined : breakers.open(entry.key, options))
  if (breaker === undefined) return
  breakers.decide(breaker, entry.state, entry.because)
  noteDue(state, breaker)
  allowWorkers(state)
}

/** Nothing is known of a worker's conduct any more: it is out, or begins anew. */
export function forgetProbation(state: RunState, id: string): void {
  const breaker = state.breakers.find(`probation:${id}`)
  if (breaker === undefined) return
  const { opened } = state.breakers.row(breaker).state
  state.breakers.set(breaker, { kind: 'closed', recent: [], opened })
  allowWorkers(state)
}

/** Says of each worker how many starts the breakers leave it: any number, mostly. */
export function allowWorkers(state: RunState): void {
  const { workers, breakers } = state
  for (let worker = 0; worker < workers.size; worker++) {
    let starts = Infinity
    for (const key of keysOfWorker(state, worker)) {
      const breaker = breakers.find(key)
      if (breaker !== undefined) starts = Math.min(starts, breakers.admits(breaker))
    }
    workers.allow(worker, starts)
  }
}

/** Nobody owned the run for a while: what is down recovers meanwhile, so open breakers are tried that much sooner. */
export function shortenHolds(state: RunState, downMs: number): void {
  const { breakers } = state
  for (const breaker of breakers.shut) {
    const row = breakers.row(breaker).state
    if (row.kind !== 'open') continue
    breakers.set(breaker, { ...row, untilMs: Math.max(state.atMs, row.untilMs - downMs) })
    noteDue(state, breaker)
  }
}

function noteBearings(
  state: RunState,
  row: number,
  keys: readonly BreakerKey[],
  bearing: (key: BreakerKey) => Bearing,
): void {
  const { breakers } = state
  const probes = breakers.probes.size === 0 ? undefined : breakers.probes.get(row)
  if (probes !== undefined) breakers.probes.delete(row)
  for (const { breaker, opened } of probes ?? []) {
    const { key } = breakers.row(breaker)
    count(state, breaker, { kind: 'probe-ended', opened, as: keys.includes(key) ? bearing(key) : 'neutral' })
  }
  for (const key of keys) {
    const as = bearing(key)
    if (as === 'neutral') continue
    const options = as === 'failed' ? optionsOf(state, key) : undefined
    const breaker = breakers.find(key) ?? (options === undefined ? undefined : breakers.open(key, options))
    if (breaker === undefined || probes?.some((probe) => probe.breaker === breaker) === true) continue
    if (breakers.live.has(breaker) || as === 'failed') count(state, breaker, { kind: as })
  }
  if (probes !== undefined) allowWorkers(state)
}

function count(state: RunState, breaker: number, event: BreakerEvent): void {
  const { breakers, atMs } = state
  const row = breakers.row(breaker)
  const after = countBreaker(row.state, event, { options: row.options, nowMs: atMs })
  if (after === row.state) return
  breakers.set(breaker, after)
  breakers.touched.add(breaker)
  if (after.kind === 'half-open') noteDue(state, breaker)
}

function noteDue(state: RunState, breaker: number): void {
  const atMs = breakerDueMs(state.breakers.row(breaker).state)
  if (atMs === undefined) return
  state.due.push({ atMs, kind: 'breaker', about: breaker, n: state.breakers.countDue(breaker) })
}

/** How a breaker of that name behaves in this run, or nothing where there is none. */
function optionsOf({ settings }: RunState, key: BreakerKey): Resolved<BreakerOptions> | undefined {
  const kind = kindOfKey(key)
  if (kind !== 'probation') return settings.breakers?.[kind] ?? undefined
  const { quarantineAfter } = settings
  if (quarantineAfter === undefined || quarantineAfter === null) return undefined
  return { ...probation, failures: quarantineAfter, window: quarantineAfter }
}

/** As many failures as it takes to doubt a worker, one after another; then it waits until others showed how they fare. */
const probation: Resolved<BreakerOptions> = {
  failures: 2,
  rate: 1,
  window: 2,
  windowMs: 600_000,
  openMs: 1000,
  factor: 2,
  maxOpenMs: 30_000,
  jitter: 0.2,
  probes: 1,
  closeAfter: 1,
  probeMs: 60_000,
  maxHeldMs: 120_000,
}

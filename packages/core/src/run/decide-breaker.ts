// Whether a breaker opens, half-opens, closes or is spent now. Reads only; what it comes to is an entry, so a resumed run goes
// on with what was decided and not with what would be decided today.
import { type BreakerState } from '../resilience/breaker-state.ts'
import { settleBreaker } from '../resilience/settle-breaker.ts'
import { kindOfKey, subjectOfKey } from './breaker-key.ts'
import type { BreakerRow } from './breaker-table.ts'
import { roll } from './dice.ts'
import { havePassed } from './have-passed.ts'
import type { BreakerEntry } from './entry.ts'
import type { RunState } from './run-state.ts'

/** The entry that follows for a breaker, or nothing where it stays as it is. */
export function decideBreaker(state: RunState, breaker: number): BreakerEntry | undefined {
  const row = state.breakers.row(breaker)
  const after = settleBreaker(row.state, {
    options: row.options,
    nowMs: state.atMs,
    roll: roll(state.seed, breaker, row.state.opened, 'breaker'),
  })
  if (after === row.state) return undefined
  if (row.state.kind === 'closed' && !mayOpen(state, row)) return undefined
  return { kind: 'breaker', key: row.key, state: after, because: because(row, after) }
}

/**
 * Work goes on somewhere: the last worker, or the last host, that nothing holds up is never held up itself. And a worker or
 * host is to blame only where others passed something meanwhile: where all fail alike, it is something else.
 */
function mayOpen(state: RunState, { key, state: before }: Readonly<BreakerRow>): boolean {
  const { workers } = state
  const subject = subjectOfKey(key)
  const since = before.kind === 'closed' ? (before.recent[0]?.atMs ?? 0) : 0
  switch (kindOfKey(key)) {
    case 'probation':
      return someWorker(state, (worker) => workers.definition(worker).id !== subject)
    case 'worker': {
      const isOther = (worker: number): boolean => workers.definition(worker).id !== subject
      return someWorker(state, isOther) && havePassed(state, isOther, since)
    }
    case 'host': {
      const isOther = (worker: number): boolean => workers.definition(worker).host !== subject
      return someWorker(state, isOther) && havePassed(state, isOther, since)
    }
    case 'resource':
    case 'category':
      return true
  }
}

function someWorker({ workers }: RunState, holds: (worker: number) => boolean): boolean {
  for (let worker = 0; worker < workers.size; worker++) {
    if (workers.isTaking(worker) && holds(worker)) return true
  }
  return false
}

function because({ state, options }: Readonly<BreakerRow>, after: BreakerState): string {
  switch (after.kind) {
    case 'open':
      if (state.kind !== 'closed') return 'a probe failed, or did not end in time'
      return `${String(state.recent.filter(({ failed }) => failed).length)} of the last ${String(state.recent.length)} failed`
    case 'half-open':
      return `it was open for long enough; ${String(options.probes)} at a time may try`
    case 'closed':
      return state.kind === 'spent' ? 'something succeeded' : 'its probes succeeded'
    case 'spent':
      return `it held things up for ${String(Math.round(options.maxHeldMs / 1000))} s, which is as long as it may`
  }
}

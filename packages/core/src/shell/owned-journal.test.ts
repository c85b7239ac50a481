// A machine that slept is no store that was silent: nobody could answer meanwhile.
import { expect, test } from 'vitest'
import type { MusterError } from '../errors/muster-error.ts'
import type { JournalWriter } from '../ports/store.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { OwnedJournal } from './owned-journal.ts'

/** A journal whose append is never answered, on a clock that can sleep: time passes then, and its waits come due late. */
function onSleepyClock() {
  const waits = new ManualClock()
  let sleptMs = 0
  const lost: MusterError[] = []
  let beats = 0
  const journal: JournalWriter = {
    run: 'r',
    epoch: 1,
    lastSeq: 0,
    append: () => new Promise(() => {}),
    heartbeat: () => {
      beats++
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
  const owned = new OwnedJournal({
    journal,
    clock: { now: () => waits.now() + sleptMs, wallNow: () => 0, after: (ms, then) => waits.after(ms, then) },
    leaseMs: 3_000,
    storeTimeoutMs: 5_000,
    note: () => undefined,
    lost: (error) => lost.push(error),
  })
  return {
    owned,
    lost,
    waits,
    beats: () => beats,
    sleep: (ms: number) => {
      sleptMs += ms
    },
  }
}

test('an append that waits while the machine sleeps has its time all the same', async () => {
  const { owned, lost, waits, sleep, beats } = onSleepyClock()
  owned.keep()
  void owned.append({ seq: 1, bytes: '' })
  sleep(3_600_000)
  waits.advance(1_000)
  expect(lost).toEqual([])
  expect(beats()).toBe(1)
  for (let beat = 0; beat < 4; beat++) {
    await Promise.resolve()
    waits.advance(1_000)
  }
  expect(lost.map(({ code }) => code)).toEqual(['STORE_FAILED'])
  expect(waits.pending).toBe(0)
})

// A machine that slept is no store that was silent: nobody could answer meanwhile.
import { expect, test } from 'vitest'
import { MusterError } from '../errors/muster-error.ts'
import type { JournalWriter } from '../ports/store.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { OwnedJournal } from './owned-journal.ts'

interface Answer {
  readonly resolve: () => void
  readonly reject: (error: MusterError) => void
}

/** A journal that answers when a test says so, on a clock that can sleep: time passes then, and its waits come due late. */
function onSleepyClock() {
  const waits = new ManualClock()
  let sleptMs = 0
  const lost: MusterError[] = []
  const appends: Answer[] = []
  const beats: Answer[] = []
  /** What is to happen as soon as everything that has arrived is read. */
  const drained: (() => void)[] = []
  const answerInto = (answers: Answer[]): Promise<void> =>
    new Promise((resolve, reject) => {
      answers.push({ resolve, reject })
    })
  const journal: JournalWriter = {
    run: 'r',
    epoch: 1,
    lastSeq: 0,
    append: () => answerInto(appends),
    heartbeat: () => answerInto(beats),
    close: () => Promise.resolve(),
  }
  const owned = new OwnedJournal({
    journal,
    clock: {
      now: () => waits.now() + sleptMs,
      wallNow: () => 0,
      after: (ms, then) => {
        if (ms > 0) return waits.after(ms, then)
        drained.push(then)
        return () => undefined
      },
    },
    leaseMs: 3_000,
    storeTimeoutMs: 5_000,
    note: () => undefined,
    lost: (error) => lost.push(error),
  })
  const read = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await Promise.resolve()
    for (const then of drained.splice(0)) then()
  }
  return {
    owned,
    lost,
    appends,
    beats,
    /** One look, a second later, with all that is read before it and right after it. */
    look: async (): Promise<void> => {
      waits.advance(1_000)
      await read()
    },
    read,
    pending: () => waits.pending,
    sleep: (ms: number) => {
      sleptMs += ms
    },
  }
}

const hourMs = 3_600_000
const failed = new MusterError('STORE_FAILED', { expected: 'a heartbeat', got: 'a busy file' })

test('an append that waits while the machine sleeps has its time all the same', async () => {
  const { owned, lost, look, sleep, beats, pending } = onSleepyClock()
  owned.keep()
  void owned.append({ seq: 1, bytes: '' })
  sleep(hourMs)
  await look()
  expect(lost).toEqual([])
  expect(beats).toHaveLength(1)
  for (let i = 0; i < 4; i++) {
    beats[i]?.resolve()
    await look()
  }
  expect(lost.map(({ code }) => code)).toEqual(['STORE_FAILED'])
  expect(pending()).toBe(0)
})

test('a heartbeat that fails right after a sleep does not lose the lease', async () => {
  const { owned, lost, look, sleep, beats, read } = onSleepyClock()
  owned.keep()
  await look()
  sleep(hourMs)
  beats[0]?.reject(failed)
  await read()
  expect(lost).toEqual([])
  await look()
  beats[1]?.resolve()
  await look()
  expect(lost).toEqual([])
})

test('a heartbeat that is answered after a sleep renews the lease from then on', async () => {
  const { owned, lost, look, sleep, beats, read } = onSleepyClock()
  owned.keep()
  await look()
  sleep(hourMs)
  await look()
  beats[0]?.resolve()
  await read()
  await look()
  expect(beats).toHaveLength(2)
  beats[1]?.reject(failed)
  await read()
  expect(lost).toEqual([])
})

test('a lease without a heartbeat is lost when its awake time is over, and a sleep counts once', async () => {
  const { owned, lost, look, sleep, beats, read } = onSleepyClock()
  owned.keep()
  await look()
  sleep(hourMs)
  for (let i = 0; i < 3; i++) {
    beats[i]?.reject(failed)
    await read()
    await look()
  }
  beats[3]?.reject(failed)
  await read()
  expect(lost.map(({ code }) => code)).toEqual(['STORE_FAILED'])
})

test('an answer that has arrived is read before anything is lost', async () => {
  const { owned, lost, look, beats, appends, read, sleep } = onSleepyClock()
  owned.keep()
  const append = owned.append({ seq: 1, bytes: '' })
  for (let i = 0; i < 4; i++) {
    await look()
    beats[i]?.resolve()
    await read()
  }
  // Busy, for less than what counts as a sleep.
  sleep(1_000)
  appends[0]?.resolve()
  await look()
  await append
  await look()
  expect(lost).toEqual([])
})

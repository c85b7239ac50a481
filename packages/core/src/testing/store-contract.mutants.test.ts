// A contract that no faulty store breaks proves nothing: each fault planted here must be caught by at least one promise.
import { expect, test } from 'vitest'
import type { Commit, JournalRow, JournalWriter, Store } from '../ports/store.ts'
import { memoryStore } from '../shell/memory-store.ts'
import { storeContract, type StoreSubject } from './store-contract.ts'

type Wrap = (store: Store) => Store

/** Replaces some methods of a store. */
function changed(store: Store, change: Partial<Store>): Store {
  return {
    name: store.name,
    createRun: (run) => store.createRun(run),
    listRuns: (limit) => store.listRuns(limit),
    findRun: (run) => store.findRun(run),
    openJournal: (request) => store.openJournal(request),
    readJournal: (run, afterSeq) => store.readJournal(run, afterSeq),
    readDetails: (run, name) => store.readDetails(run, name),
    deleteRuns: (runs) => store.deleteRuns(runs),
    readHistory: (keys) => store.readHistory(keys),
    foldHistory: (run, records, guard) => store.foldHistory(run, records, guard),
    close: () => store.close(),
    ...change,
  }
}

/** Replaces some methods of every writer a store gives. */
function withWriter(change: (writer: JournalWriter, store: Store) => Partial<JournalWriter>): Wrap {
  return (store) =>
    changed(store, {
      openJournal: async (request) => {
        const writer = await store.openJournal(request)
        return {
          run: writer.run,
          epoch: writer.epoch,
          get lastSeq() {
            return writer.lastSeq
          },
          append: (commit) => writer.append(commit),
          heartbeat: () => writer.heartbeat(),
          close: () => writer.close(),
          ...change(writer, store),
        }
      },
    })
}

function withRows(change: (rows: readonly JournalRow[], afterSeq: number) => readonly JournalRow[]): Wrap {
  return (store) =>
    changed(store, {
      readJournal: async function* (run, afterSeq = 0) {
        for await (const batch of store.readJournal(run, afterSeq)) yield change(batch, afterSeq)
      },
    })
}

const acceptAll = (promise: Promise<void>): Promise<void> => promise.catch(() => undefined)

const faults: Readonly<Record<string, Wrap>> = {
  'acknowledges the last row without keeping it': withWriter((writer) => {
    let held: Commit | undefined
    return {
      append: async (commit) => {
        if (held !== undefined) await writer.append(held)
        held = commit
      },
      close: async () => writer.close(),
    }
  }),
  'acknowledges a stale owner': withWriter((writer) => ({ append: (commit) => acceptAll(writer.append(commit)) })),
  'renews the lease of a stale owner': withWriter((writer) => ({ heartbeat: () => acceptAll(writer.heartbeat()) })),
  'lets anybody open an owned run': (store) =>
    changed(store, { openJournal: (request) => store.openJournal({ ...request, takeOver: true }) }),
  'never lets a run be taken over': (store) =>
    changed(store, { openJournal: (request) => store.openJournal({ ...request, takeOver: false }) }),
  'keeps the ownership when a journal is closed': withWriter(() => ({ close: () => Promise.resolve() })),
  'lets a stale close free the run of its new owner': (store) => {
    const writers: JournalWriter[] = []
    return changed(store, {
      openJournal: async (request) => {
        const writer = await store.openJournal(request)
        writers.push(writer)
        return changedWriter(writer, {
          close: async () => {
            await Promise.allSettled(writers.map((each) => each.close()))
          },
        })
      },
    })
  },
  'swaps rows that do not wait for each other': withWriter((writer) => {
    const swapped = new Map<number, string>()
    return {
      append: (commit) => {
        const isOdd = commit.seq % 2 === 1
        if (isOdd) swapped.set(commit.seq, commit.bytes)
        return writer.append(isOdd ? commit : { ...commit, bytes: swapped.get(commit.seq - 1) ?? commit.bytes })
      },
    }
  }),
  'reads each row twice': withRows((rows) => rows.flatMap((row) => [row, row])),
  'reads in reverse': withRows((rows) => [...rows].reverse()),
  'reads one row too early': (store) =>
    changed(store, { readJournal: (run, after = 0) => store.readJournal(run, Math.max(0, after - 1)) }),
  'loses the first row of each batch but the first': withRows((rows) => (rows[0]?.seq === 1 ? rows : rows.slice(1))),
  'forgets who wrote a row': withRows((rows) => rows.map((row) => ({ ...row, epoch: 1 }))),
  'cuts rows at a zero': withRows((rows) => rows.map((row) => ({ ...row, bytes: row.bytes.split('\0')[0] ?? '' }))),
  'keeps one byte of each character': withRows((rows) =>
    rows.map((row) => ({ ...row, bytes: Buffer.from(row.bytes, 'latin1').toString('latin1') })),
  ),
  'reads an unknown run as an empty one': (store) =>
    changed(store, {
      readJournal: async function* (run, afterSeq) {
        if ((await store.findRun(run)) !== undefined) yield* store.readJournal(run, afterSeq)
      },
    }),
  'forgets details': withWriter((writer) => ({
    append: ({ seq, bytes, status }) => writer.append({ seq, bytes, status }),
  })),
  'forgets the status': withWriter((writer) => ({
    append: ({ seq, bytes, details }) => writer.append({ seq, bytes, details }),
  })),
  'replaces details': (store) => {
    const last = new Map<string, string>()
    const remembering = withWriter((writer) => ({
      append: (commit) => {
        for (const { name, text } of commit.details ?? []) last.set(`${writer.run}\n${name}`, text)
        return writer.append(commit)
      },
    }))(store)
    return changed(remembering, { readDetails: async (run, name) => last.get(`${run}\n${name}`) })
  },
  'keeps details of all runs in one place': (store) => {
    const all = new Map<string, string>()
    const sharing = withWriter((writer) => ({
      append: (commit) => {
        for (const { name, text } of commit.details ?? []) if (!all.has(name)) all.set(name, text)
        return writer.append(commit)
      },
    }))(store)
    return changed(sharing, { readDetails: async (_, name) => all.get(name) })
  },
  'accepts a gap': withWriter((writer) => ({
    append: (commit) => writer.append({ ...commit, seq: Math.min(commit.seq, writer.lastSeq + 1) }),
  })),
  'accepts another row at a taken position': withWriter((writer) => ({
    append: (commit) => (commit.seq <= writer.lastSeq ? acceptAll(writer.append(commit)) : writer.append(commit)),
  })),
  'refuses a commit that it has already': withWriter((writer) => ({
    append: (commit) => (commit.seq <= writer.lastSeq ? Promise.reject(new Error('doubled')) : writer.append(commit)),
  })),
  'replaces a run with the same id': (store) =>
    changed(store, {
      createRun: async (run) => {
        await store.deleteRuns([run.run])
        await store.createRun(run)
      },
    }),
  'does not care for the case of ids': (store) =>
    changed(store, { findRun: (run) => store.findRun(run.toLowerCase()) }),
  'lists oldest first': (store) =>
    changed(store, { listRuns: async (limit) => [...(await store.listRuns())].reverse().slice(0, limit) }),
  'ignores the limit': (store) => changed(store, { listRuns: () => store.listRuns() }),
  'deletes runs of living owners': (store) => {
    const writers = new Map<string, JournalWriter>()
    const known = changed(store, {
      openJournal: async (request) => {
        const writer = await store.openJournal(request)
        writers.set(request.run, writer)
        return writer
      },
    })
    return changed(known, {
      deleteRuns: async (runs) => {
        for (const run of runs)
          await writers
            .get(run)
            ?.close()
            .catch(() => undefined)
        return store.deleteRuns(runs)
      },
    })
  },
  'miscounts deleted runs': (store) =>
    changed(store, { deleteRuns: async (runs) => (await store.deleteRuns(runs), runs.length) }),
  'hides deleted runs and keeps them': (store) => {
    const hidden = new Set<string>()
    return changed(store, {
      findRun: async (run) => (hidden.has(run) ? undefined : store.findRun(run)),
      deleteRuns: async (runs) => {
        const before = hidden.size
        for (const run of runs) if ((await store.findRun(run)) !== undefined) hidden.add(run)
        return hidden.size - before
      },
    })
  },
  'folds a run in twice': (store) => {
    let folds = 0
    return changed(store, {
      foldHistory: (run, records, guard) => store.foldHistory(`${run} ${folds++}`, records, guard),
    })
  },
  'says false and folds all the same': (store) => {
    let again = 0
    return changed(store, {
      foldHistory: async (run, records) => {
        const isNew = await store.foldHistory(run, records)
        if (!isNew) await store.foldHistory(`again ${again++}`, records)
        return isNew
      },
    })
  },
  'ignores the guard of a fold': (store) =>
    changed(store, { foldHistory: (run, records) => store.foldHistory(run, records) }),
  'remembers a run whose guard did not hold': (store) =>
    changed(store, {
      foldHistory: async (run, records, guard) => {
        const isFolded = await store.foldHistory(run, records, guard)
        if (!isFolded) await store.foldHistory(run, [])
        return isFolded
      },
    }),
  'never replaces history': (store) =>
    changed(store, {
      foldHistory: async (run, records) => {
        const there = await store.readHistory(records.map(({ key }) => key))
        const keys = new Set(there.map(({ key }) => key))
        return store.foldHistory(
          run,
          records.filter(({ key }) => !keys.has(key)),
        )
      },
    }),
  'takes a prefix for a pattern': (store) =>
    changed(store, {
      readHistory: async (keys) => {
        if (!('prefix' in keys)) return store.readHistory(keys)
        const pattern = new RegExp(`^${keys.prefix.replaceAll('%', '.*').replaceAll('_', '.')}`, 'u')
        return (await store.readHistory({ prefix: '' })).filter(({ key }) => pattern.test(key))
      },
    }),
  'answers after it was closed': (store) => changed(store, { close: () => Promise.resolve() }),
  'loses what a crash interrupts but for the last row': withWriter((writer) => ({
    append: (commit) => (commit.seq % 50 === 7 ? Promise.resolve() : writer.append(commit)),
  })),
  'gives every owner the same epoch': (store) =>
    changed(store, {
      openJournal: async (request) => changedWriter(await store.openJournal(request), { epoch: 1 }),
    }),
  'starts each owner at an empty journal': (store) =>
    changed(store, {
      openJournal: async (request) => changedWriter(await store.openJournal(request), { lastSeq: 0 }),
    }),
}

function changedWriter(writer: JournalWriter, change: Partial<JournalWriter>): JournalWriter {
  return {
    run: writer.run,
    epoch: writer.epoch,
    lastSeq: writer.lastSeq,
    append: (commit) => writer.append(commit),
    heartbeat: () => writer.heartbeat(),
    close: () => writer.close(),
    ...change,
  }
}

test.each(Object.entries(faults))('a store that %s is caught', async (_, wrap) => {
  const broken: string[] = []
  for (const { name, needs, run } of storeContract) {
    let now = 0
    const subject: StoreSubject = {
      open: () => wrap(memoryStore({ clock: { now: () => now } })),
      crash: (store) => store,
      elapse: (ms) => {
        now += ms
      },
    }
    if (needs !== undefined && !(needs in subject)) continue
    await run(subject).catch(() => broken.push(name))
  }
  expect(broken).not.toEqual([])
})

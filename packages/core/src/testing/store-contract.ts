// What every store promises, one case a promise, so that an adapter is proven against the real thing and not against our
// memory of it. It knows no test framework: a case throws where the promise is broken.
import { isMusterError } from '../errors/muster-error.ts'
import type { ErrorCode } from '../errors/error-catalogue.ts'
import type { Commit, JournalRow, JournalWriter, Store } from '../ports/store.ts'

/** A store to be tried, and what can be done to it. */
export interface StoreSubject {
  /** A new, empty store. */
  open(): Store | Promise<Store>
  /** Opens once more what a store kept that has been closed; left out where nothing outlives the store. */
  reopen?(closed: Store): Store | Promise<Store>
  /** Ends a store as a crash would, without closing it, and gives what the next process finds. */
  crash?(store: Store): Store | Promise<Store>
  /** Lets time pass for the store, in milliseconds; left out where its time cannot be moved. */
  elapse?(ms: number): void | Promise<void>
}

/** One promise. */
export interface StoreContractCase {
  readonly name: string
  /** What the subject must be able to do; without it the case throws. */
  readonly needs?: 'reopen' | 'crash' | 'elapse' | undefined
  /** Resolves where the promise is kept; rejects with a sentence where it is broken. */
  readonly run: (subject: StoreSubject) => Promise<void>
}

/**
 * The contract of the `Store` port. All texts in it are well-formed Unicode; a lone surrogate may come back as U+FFFD.
 *
 * @example
 * ```ts
 * for (const { name, run } of storeContract) test(name, () => run({ open: () => myStore() }))
 * ```
 */
export const storeContract: readonly StoreContractCase[] = [
  // Runs.
  withStore('a created run is found as it was created', async (store) => {
    await store.createRun({ run: 'r', name: 'suite ünïcode 😀', createdAtWallMs: 1234 })
    same(
      await store.findRun('r'),
      { run: 'r', name: 'suite ünïcode 😀', createdAtWallMs: 1234, status: 'open', epoch: 0, rows: 0 },
      'the record of a new run',
    )
  }),
  withStore('a taken run id is refused with RUN_EXISTS and changes nothing', async (store) => {
    await create(store, 'r')
    await rejects(store.createRun({ run: 'r', name: 'other', createdAtWallMs: 9 }), 'RUN_EXISTS', 'a second createRun')
    same((await store.findRun('r'))?.name, 'name of r', 'the name of the first run')
  }),
  withStore('an unknown run is not found, and cannot be opened or read', async (store) => {
    await create(store, 'r')
    same(await store.findRun('R'), undefined, 'findRun of an unknown run')
    await rejects(store.openJournal({ run: 'x', owner: 'me', leaseMs: 60_000 }), 'RUN_UNKNOWN', 'openJournal')
    await rejects(readAll(store, 'x'), 'RUN_UNKNOWN', 'readJournal')
    same(await store.readDetails('x', 'd'), undefined, 'details of an unknown run')
  }),
  withStore('runs are listed newest first, the later created first among equals, up to the limit', async (store) => {
    const created = [
      ['b', 2],
      ['d', 3],
      ['a', 1],
      ['c', 2],
    ] as const
    for (const [run, createdAtWallMs] of created) await store.createRun({ run, name: run, createdAtWallMs })
    const ids = async (limit?: number): Promise<readonly string[]> =>
      (await store.listRuns(limit)).map(({ run }) => run)
    same(await ids(), ['d', 'c', 'b', 'a'], 'the list of runs')
    same(await ids(2), ['d', 'c'], 'the list of two runs')
    same(await ids(9), ['d', 'c', 'b', 'a'], 'the list of at most nine runs')
  }),
  // Journals.
  withStore('the first owner gets epoch 1 and an empty journal', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    same([writer.run, writer.epoch, writer.lastSeq], ['r', 1, 0], 'run, epoch and lastSeq of the first writer')
    same(await readAll(store, 'r'), [], 'the rows of an empty journal')
    same((await store.findRun('r'))?.epoch, 1, 'the epoch of the record')
  }),
  withStore('rows read back in order, exactly as they were appended', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    for (const [index, bytes] of awkwardTexts.entries()) await writer.append({ seq: index + 1, bytes })
    const expected = awkwardTexts.map((bytes, index) => ({ seq: index + 1, epoch: 1, bytes }))
    same(await readAll(store, 'r'), expected, 'the journal')
    same(writer.lastSeq, awkwardTexts.length, 'lastSeq')
    same((await store.findRun('r'))?.rows, awkwardTexts.length, 'the number of rows in the record')
  }),
  withStore('appends that do not wait for each other become rows in order', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const commits = commitsTo(500)
    await Promise.all(commits.map((commit) => writer.append(commit)))
    same(await readAll(store, 'r'), rowsOf(commits, 1), 'the journal')
    same(writer.lastSeq, 500, 'lastSeq')
  }),
  withStore('an append that has resolved is there for every reader', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    for (const commit of commitsTo(20)) {
      await writer.append(commit)
      same((await readAll(store, 'r', commit.seq - 1)).length, 1, `the rows after ${commit.seq - 1}`)
    }
  }),
  withStore('reading starts after the row that is named', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const commits = commitsTo(2500)
    await Promise.all(commits.map((commit) => writer.append(commit)))
    for (const after of [0, 1, 999, 1000, 2499]) {
      same(await readAll(store, 'r', after), rowsOf(commits, 1).slice(after), `the journal after row ${after}`)
    }
    same(await readAll(store, 'r', 2500), [], 'the journal after its last row')
    same(await readAll(store, 'r', 9999), [], 'the journal beyond its last row')
  }),
  withStore('a reader beside the writer sees rows without a gap, and does not disturb the writer', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const commits = commitsTo(3000)
    await Promise.all(commits.slice(0, 2000).map((commit) => writer.append(commit)))
    const late = commits.slice(2000)
    const appended: Promise<void>[] = []
    const seen: JournalRow[] = []
    for await (const batch of store.readJournal('r')) {
      seen.push(...batch)
      if (appended.length === 0) for (const commit of late) appended.push(begun(writer.append(commit)))
    }
    await Promise.all(appended)
    if (seen.length < 2000) fail(`a reader to see the 2000 rows that were there when it began, got ${seen.length}`)
    same(seen, rowsOf(commits, 1).slice(0, seen.length), 'the rows a reader saw')
    same((await readAll(store, 'r')).length, 3000, 'the number of rows after all')
  }),
  withStore('runs in one store keep apart', async (store) => {
    const ids = ['r', 'R', 'r ', 'ünï/😀', "'; DROP TABLE runs; --", '__proto__']
    const writers: JournalWriter[] = []
    for (const id of ids) {
      await create(store, id)
      writers.push(await open(store, id))
    }
    const appended = [1, 2, 3].flatMap((seq) =>
      writers.map((writer) =>
        writer.append({ seq, bytes: `${writer.run} ${seq}`, details: [{ name: 'd', text: writer.run }] }),
      ),
    )
    await Promise.all(appended)
    for (const id of ids) {
      const texts = (await readAll(store, id)).map(({ bytes }) => bytes)
      same(texts, [`${id} 1`, `${id} 2`, `${id} 3`], `the rows of run ${id}`)
      same(await store.readDetails(id, 'd'), id, `the details of run ${id}`)
    }
  }),
  withStore('a commit that is stored already is accepted again and not doubled', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const commits = commitsTo(3)
    for (const commit of commits) await writer.append(commit)
    for (const commit of commits) await writer.append(commit)
    same(await readAll(store, 'r'), rowsOf(commits, 1), 'the journal')
  }),
  withStore('another row at a taken position is refused and changes nothing', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const commits = commitsTo(2)
    for (const commit of commits) await writer.append(commit)
    await refuses(writer.append({ seq: 2, bytes: 'other' }), 'another row 2')
    same(await readAll(store, 'r'), rowsOf(commits, 1), 'the journal')
  }),
  withStore('a row that leaves a gap is refused and changes nothing', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    await writer.append({ seq: 1, bytes: 'one' })
    await refuses(writer.append({ seq: 3, bytes: 'three', status: 'finished' }), 'row 3 after row 1')
    same(await readAll(store, 'r'), [{ seq: 1, epoch: 1, bytes: 'one' }], 'the journal')
    same((await store.findRun('r'))?.status, 'open', 'the status')
  }),
  withStore('details are kept beside their row; a name that is there keeps its text', async (store) => {
    await create(store, 'r')
    await create(store, 'other')
    const writer = await open(store, 'r')
    const long = 'a line of output, a line of output\n'.repeat(20_000)
    await writer.append({
      seq: 1,
      bytes: 'one',
      details: [
        { name: 'd', text: 'first' },
        { name: 'long', text: long },
        { name: '', text: '' },
        ...awkwardTexts.map((text, index) => ({ name: `awkward ${index}`, text })),
      ],
    })
    await writer.append({ seq: 2, bytes: 'two', details: [{ name: 'd', text: 'second' }] })
    same(await store.readDetails('r', 'd'), 'first', 'details that were stored twice')
    same((await store.readDetails('r', 'long')) === long, true, 'that long details read back as they were')
    same(await store.readDetails('r', ''), '', 'empty details without a name')
    for (const [index, text] of awkwardTexts.entries()) {
      same(await store.readDetails('r', `awkward ${index}`), text, `awkward details ${index}`)
    }
    same(await store.readDetails('r', 'D'), undefined, 'details that were never stored')
    same(await store.readDetails('other', 'd'), undefined, 'details of another run')
  }),
  withStore('a row changes the status of its run', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    const statuses: unknown[] = []
    const commits: readonly Commit[] = [
      { seq: 1, bytes: '' },
      { seq: 2, bytes: '', status: 'interrupted' },
      { seq: 3, bytes: '' },
      { seq: 4, bytes: '', status: 'finished' },
    ]
    for (const commit of commits) {
      await writer.append(commit)
      statuses.push((await store.findRun('r'))?.status, (await store.listRuns())[0]?.status)
    }
    const expected = [
      'open',
      'open',
      'interrupted',
      'interrupted',
      'interrupted',
      'interrupted',
      'finished',
      'finished',
    ]
    same(statuses, expected, 'the status after each row')
  }),
  // Ownership.
  withStore('a run whose owner is alive is refused with RUN_OWNED, and its owner goes on', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    await writer.append({ seq: 1, bytes: 'one' })
    await rejects(store.openJournal({ run: 'r', owner: 'thief', leaseMs: 60_000 }), 'RUN_OWNED', 'openJournal')
    await writer.append({ seq: 2, bytes: 'two' })
    await writer.heartbeat()
    same((await store.findRun('r'))?.epoch, 1, 'the epoch')
    same((await readAll(store, 'r')).length, 2, 'the number of rows')
  }),
  withStore('taking over fences off the former owner', async (store) => {
    await create(store, 'r')
    const former = await open(store, 'r')
    await former.append({ seq: 1, bytes: 'one' })
    const later = await open(store, 'r', { takeOver: true })
    same([later.epoch, later.lastSeq], [2, 1], 'epoch and lastSeq of the later owner')
    await rejects(former.append({ seq: 2, bytes: 'stale', status: 'finished' }), 'RUN_TAKEN_OVER', 'a stale append')
    await rejects(former.heartbeat(), 'RUN_TAKEN_OVER', 'a stale heartbeat')
    await later.append({ seq: 2, bytes: 'two' })
    await rejects(former.append({ seq: 3, bytes: 'stale' }), 'RUN_TAKEN_OVER', 'a second stale append')
    await rejects(former.close(), 'RUN_TAKEN_OVER', 'a stale close')
    await rejects(store.openJournal({ run: 'r', owner: 'x', leaseMs: 60_000 }), 'RUN_OWNED', 'after a stale close')
    const expected = [
      { seq: 1, epoch: 1, bytes: 'one' },
      { seq: 2, epoch: 2, bytes: 'two' },
    ]
    same(await readAll(store, 'r'), expected, 'the journal')
    same((await store.findRun('r'))?.status, 'open', 'the status')
  }),
  withStore('a row appended again by a later owner is not taken for stored', async (store) => {
    await create(store, 'r')
    const former = await open(store, 'r')
    await former.append({ seq: 1, bytes: 'one' })
    const later = await open(store, 'r', { takeOver: true })
    await refuses(later.append({ seq: 1, bytes: 'one' }), "the former owner's row 1")
    same(await readAll(store, 'r'), [{ seq: 1, epoch: 1, bytes: 'one' }], 'the journal')
  }),
  withStore('a take-over amid appends leaves each row to one owner, without a gap', async (store) => {
    await create(store, 'r')
    const former = await open(store, 'r')
    const early = Array.from({ length: 50 }, (_, index) => begun(former.append({ seq: index + 1, bytes: 'former' })))
    const later = await open(store, 'r', { takeOver: true })
    const late = Array.from({ length: 50 }, (_, index) => begun(former.append({ seq: index + 51, bytes: 'former' })))
    const answers = await Promise.allSettled([...early, ...late])
    const foundRows = later.lastSeq
    await later.append({ seq: foundRows + 1, bytes: 'later' })
    const kept = answers.filter(({ status }) => status === 'fulfilled').length
    const rows = await readAll(store, 'r')
    same(
      rows.map(({ seq }) => seq),
      rows.map((_, index) => index + 1),
      'the positions of the rows',
    )
    const byFormer = rows.filter(({ epoch }) => epoch === 1).length
    if (byFormer < kept) fail(`the ${kept} acknowledged rows of the former owner to be there, got ${byFormer}`)
    same(byFormer, foundRows, "the rows of the former owner against the later one's lastSeq")
    same(
      rows.slice(byFormer).map(({ bytes }) => bytes),
      ['later'],
      'the rows after those of the former owner',
    )
  }),
  withStore('closing a journal waits for what was appended and gives the ownership back', async (store) => {
    await create(store, 'r')
    const first = await open(store, 'r')
    const commits = commitsTo(100)
    const appended = commits.map((commit) => begun(first.append(commit)))
    await first.close()
    same((await readAll(store, 'r')).length, 100, 'the number of rows when the journal was closed')
    await Promise.all(appended)
    await refuses(first.append({ seq: 101, bytes: '' }), 'an append to a closed journal')
    const second = await open(store, 'r')
    same([second.epoch, second.lastSeq], [2, 100], 'epoch and lastSeq of the second owner')
    await second.append({ seq: 101, bytes: 'more' })
    same((await readAll(store, 'r')).length, 101, 'the number of rows after all')
  }),
  withStore('closing a journal twice does no harm to the next owner', async (store) => {
    await create(store, 'r')
    const first = await open(store, 'r')
    await first.close()
    const second = await open(store, 'r')
    await settle(first.close())
    await second.append({ seq: 1, bytes: 'one' })
    await rejects(store.openJournal({ run: 'r', owner: 'x', leaseMs: 60_000 }), 'RUN_OWNED', 'openJournal')
  }),
  {
    name: 'an ownership lapses without a heartbeat and lasts with one',
    needs: 'elapse',
    run: async (subject) => {
      const elapse = needed(subject.elapse?.bind(subject), 'elapse')
      const store = await subject.open()
      await create(store, 'r')
      const first = await open(store, 'r', { leaseMs: 1000 })
      await elapse(900)
      await first.heartbeat()
      await elapse(900)
      await rejects(store.openJournal({ run: 'r', owner: 'x', leaseMs: 1000 }), 'RUN_OWNED', 'before the lease is over')
      await elapse(200)
      const second = await open(store, 'r')
      same(second.epoch, 2, 'the epoch of the next owner')
      await rejects(first.heartbeat(), 'RUN_TAKEN_OVER', 'the heartbeat of the one that lapsed')
      await store.close()
    },
  },
  // Retention.
  withStore('deleting takes a run out with all that belongs to it, and counts', async (store) => {
    for (const run of ['gone', 'stays']) {
      await create(store, run)
      const writer = await open(store, run)
      await writer.append({ seq: 1, bytes: `${run} one`, details: [{ name: 'd', text: run }] })
      await writer.close()
    }
    await store.foldHistory('gone', [{ key: 'k', text: 'kept' }])
    same(await store.deleteRuns(['gone', 'unknown', 'gone']), 1, 'the number of runs that went')
    same(await store.findRun('gone'), undefined, 'the deleted run')
    await rejects(readAll(store, 'gone'), 'RUN_UNKNOWN', 'reading a deleted run')
    same(await store.readDetails('gone', 'd'), undefined, 'the details of a deleted run')
    same((await readAll(store, 'stays')).length, 1, 'the rows of the other run')
    same(await store.readDetails('stays', 'd'), 'stays', 'the details of the other run')
    same(await store.readHistory(['k']), [{ key: 'k', text: 'kept' }], 'the history')
    await create(store, 'gone')
    const again = await open(store, 'gone')
    same([again.lastSeq, await readAll(store, 'gone')], [0, []], 'the journal of a run created anew')
    same(await store.readDetails('gone', 'd'), undefined, 'the details of a run created anew')
    same(await store.deleteRuns([]), 0, 'the number that went of none')
  }),
  withStore('a run of a living owner is not deleted', async (store) => {
    await create(store, 'r')
    const writer = await open(store, 'r')
    await writer.append({ seq: 1, bytes: 'one' })
    same(await store.deleteRuns(['r']), 0, 'the number of runs that went')
    await writer.append({ seq: 2, bytes: 'two' })
    same((await readAll(store, 'r')).length, 2, 'the number of rows')
  }),
  // History.
  withStore('history is read by key or by prefix, both taken literally', async (store) => {
    const keys = ['a', 'a/1', 'a/2', 'a%', 'a_', 'ab', 'b/1', 'ü/1', '😀/1', '']
    await store.foldHistory(
      'r',
      keys.map((key) => ({ key, text: `text of ${key}` })),
    )
    const byPrefix = async (prefix: string): Promise<readonly string[]> =>
      (await store.readHistory({ prefix })).map(({ key }) => key).sort()
    same(await byPrefix('a/'), ['a/1', 'a/2'], 'history under a/')
    same(await byPrefix('a%'), ['a%'], 'history under a%')
    same(await byPrefix('a_'), ['a_'], 'history under a_')
    same(await byPrefix('ü'), ['ü/1'], 'history under ü')
    same(await byPrefix('😀'), ['😀/1'], 'history under 😀')
    same(await byPrefix('A'), [], 'history under A')
    same(await byPrefix(''), [...keys].sort(), 'all history')
    same(
      await store.readHistory(['b/1', 'missing', 'a']),
      [
        { key: 'b/1', text: 'text of b/1' },
        { key: 'a', text: 'text of a' },
      ],
      'history by keys, in the order asked',
    )
    same(await store.readHistory([]), [], 'history of no keys')
  }),
  withStore('a run is folded in once; what it brings replaces what was there', async (store) => {
    same(await store.foldHistory('r1', [{ key: 'k', text: 'one' }]), true, 'the first fold')
    const both = [
      { key: 'k', text: 'two' },
      { key: 'l', text: 'new' },
    ]
    same(await store.foldHistory('r2', both), true, 'the fold of another run')
    same(await store.foldHistory('r1', [{ key: 'k', text: 'three' }]), false, 'the second fold of a run')
    same(await store.readHistory(['k', 'l']), both, 'the history')
    same(await store.foldHistory('r3', []), true, 'a fold that brings nothing')
    same(await store.foldHistory('r3', both), false, 'the second fold after one that brought nothing')
  }),
  withStore('a fold whose guard no longer reads as given changes nothing, and may be tried again', async (store) => {
    const seen = [{ key: 'k', text: 'one' }]
    same(await store.foldHistory('r1', seen, { key: 'k' }), true, 'a fold guarded by a record that is not there')
    same(await store.foldHistory('r2', [], { key: 'k' }), false, 'a fold guarded by the absence of a record there is')
    const late = [{ key: 'k', text: 'late' }]
    same(await store.foldHistory('r2', late, { key: 'k', text: 'other' }), false, 'a fold guarded by another text')
    same(await store.foldHistory('r2', late, { key: 'l', text: 'one' }), false, 'a fold guarded by a record not there')
    same(await store.readHistory(['k']), seen, 'the history after folds that were refused')
    same(await store.foldHistory('r2', late, { key: 'k', text: 'one' }), true, 'a fold whose guard reads as given')
    same(await store.readHistory(['k']), late, 'the history after it')
    same(await store.foldHistory('r2', [], { key: 'k', text: 'late' }), false, 'the second fold of a run')
  }),
  // The end of a store.
  {
    name: 'a closed store refuses everything with STORE_CLOSED',
    run: async (subject) => {
      const store = await subject.open()
      await create(store, 'r')
      const writer = await open(store, 'r')
      await store.close()
      await store.close()
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        createRun: () => create(store, 'x'),
        listRuns: () => store.listRuns(),
        findRun: () => store.findRun('r'),
        openJournal: () => open(store, 'r'),
        readJournal: () => readAll(store, 'r'),
        readDetails: () => store.readDetails('r', 'd'),
        deleteRuns: () => store.deleteRuns(['r']),
        readHistory: () => store.readHistory(['k']),
        foldHistory: () => store.foldHistory('r', []),
        append: () => writer.append({ seq: 1, bytes: '' }),
        heartbeat: () => writer.heartbeat(),
      }
      for (const [name, call] of Object.entries(calls)) await rejects(call(), 'STORE_CLOSED', name)
    },
  },
  {
    name: 'what was appended when a store is closed is there when it is opened again',
    needs: 'reopen',
    run: async (subject) => {
      const reopen = needed(subject.reopen?.bind(subject), 'reopen')
      const store = await subject.open()
      await create(store, 'r')
      const writer = await open(store, 'r')
      const commits = commitsTo(300).map((commit) => ({ ...commit, details: [{ name: `d${commit.seq}`, text: 'x' }] }))
      const appended = commits.map((commit) => begun(writer.append(commit)))
      await store.foldHistory('r', [{ key: 'k', text: 'v' }])
      await store.close()
      await Promise.all(appended)
      const again = await reopen(store)
      same(await readAll(again, 'r'), rowsOf(commits, 1), 'the journal')
      same(await again.readDetails('r', 'd300'), 'x', 'the details')
      same(await again.foldHistory('r', []), false, 'whether the run can be folded in again')
      same(await again.readHistory(['k']), [{ key: 'k', text: 'v' }], 'the history')
      const next = await open(again, 'r')
      same([next.epoch, next.lastSeq], [2, 300], 'epoch and lastSeq of the next owner, who needs no take-over')
      await again.close()
    },
  },
  {
    name: 'what was acknowledged before a crash is there after it, and what else is there follows without a gap',
    needs: 'crash',
    run: async (subject) => {
      const crash = needed(subject.crash?.bind(subject), 'crash')
      const store = await subject.open()
      await create(store, 'r')
      const writer = await open(store, 'r')
      const commits = commitsTo(400).map((commit) => ({ ...commit, details: [{ name: `d${commit.seq}`, text: 'x' }] }))
      let acknowledged = 0
      const appended = commits.map(async (commit) => {
        const answer = await settle(writer.append(commit))
        if (answer.kind === 'resolved') acknowledged = Math.max(acknowledged, commit.seq)
      })
      await appended[99]
      const seen = acknowledged
      const again = await crash(store)
      const rows = await readAll(again, 'r')
      if (rows.length < seen) fail(`the ${seen} rows that were acknowledged to be there, got ${rows.length}`)
      same(rows, rowsOf(commits, 1).slice(0, rows.length), 'the journal')
      same(await again.readDetails('r', `d${rows.length}`), 'x', 'the details of the last row there is')
      same(await again.readDetails('r', `d${rows.length + 1}`), undefined, 'the details of the row that is not there')
      const next = await open(again, 'r', { takeOver: true })
      same([next.epoch, next.lastSeq], [2, rows.length], 'epoch and lastSeq of the next owner')
      await next.append({ seq: next.lastSeq + 1, bytes: 'after the crash' })
      same((await readAll(again, 'r')).at(-1)?.bytes, 'after the crash', 'the last row')
      await again.close()
    },
  },
]

/** Texts that some medium or other has trouble with. */
const awkwardTexts: readonly string[] = [
  '{"plain":true}',
  '',
  'ünïcödé 😀 \u{10FFFF} \uFFFD \u2028',
  'zero \0 inside',
  'zero at the end \0',
  `quotes ' " \` \\ %s $1 ?`,
  'line\r\nline\rline\n',
  '\uFEFFbyte order mark',
  'x'.repeat(5000),
  'é'.repeat(700_000),
]

/** A case on a store of its own, which is closed at the end. */
function withStore(name: string, body: (store: Store) => Promise<void>): StoreContractCase {
  return {
    name,
    run: async (subject) => {
      const store = await subject.open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    },
  }
}

function commitsTo(count: number): readonly Commit[] {
  return Array.from({ length: count }, (_, index) => ({ seq: index + 1, bytes: `row ${index + 1}` }))
}

function rowsOf(commits: readonly Commit[], epoch: number): readonly JournalRow[] {
  return commits.map(({ seq, bytes }) => ({ seq, epoch, bytes }))
}

function create(store: Store, run: string): Promise<void> {
  return store.createRun({ run, name: `name of ${run}`, createdAtWallMs: 1 })
}

function open(
  store: Store,
  run: string,
  options: { readonly takeOver?: boolean; readonly leaseMs?: number } = {},
): Promise<JournalWriter> {
  return store.openJournal({ run, owner: 'contract', leaseMs: 60_000, ...options })
}

async function readAll(store: Store, run: string, afterSeq?: number): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = []
  for await (const batch of store.readJournal(run, afterSeq)) rows.push(...batch)
  return rows
}

/** An append that is awaited later: should its case end before, its failure is nobody's. */
function begun(append: Promise<void>): Promise<void> {
  append.catch(() => undefined)
  return append
}

function needed<Value>(ability: Value | undefined, name: string): Value {
  return ability ?? fail(`the subject to offer \`${name}\`, got none`)
}

function same(actual: unknown, expected: unknown, what: string): void {
  const got = show(actual)
  const wanted = show(expected)
  if (got !== wanted) fail(`${what} to be ${shorten(wanted, got)}, got ${shorten(got, wanted)}`)
}

async function rejects(promise: Promise<unknown>, code: ErrorCode, what: string): Promise<void> {
  const answer = await settle(promise)
  if (answer.kind === 'resolved') fail(`${what} to reject with ${code}, got ${show(answer.value)}`)
  const got = isMusterError(answer.error) ? answer.error.code : String(answer.error)
  if (got !== code) fail(`${what} to reject with ${code}, got ${got}`)
}

async function refuses(promise: Promise<unknown>, what: string): Promise<void> {
  const answer = await settle(promise)
  if (answer.kind === 'resolved') fail(`${what} to be refused, got it accepted`)
}

type Answer =
  { readonly kind: 'resolved'; readonly value: unknown } | { readonly kind: 'rejected'; readonly error: unknown }

async function settle(promise: Promise<unknown>): Promise<Answer> {
  try {
    return { kind: 'resolved', value: await promise }
  } catch (error) {
    return { kind: 'rejected', error }
  }
}

function show(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value, (_, member: unknown) => sorted(member))
}

/** Records are equal whatever the order of their members. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The part around the first difference: journals are long. */
function shorten(text: string, other: string): string {
  let at = 0
  while (at < text.length && text[at] === other[at]) at += 1
  const from = Math.max(0, at - 60)
  return `${from > 0 ? '…' : ''}${text.slice(from, at + 120)}${text.length > at + 120 ? '…' : ''}`
}

function fail(sentence: string): never {
  throw new Error(`Store contract: expected ${sentence}.`)
}

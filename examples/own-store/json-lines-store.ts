// A store in one text file that anyone can read: each change is a line of JSON. What the port promises about runs, owners
// and epochs is left to the store in memory; this one writes each change down, and carries out the same changes again when
// it is opened. Only one process may have the file open: there is nothing that locks it.
import { type Commit, type JournalWriter, memoryStore, type Store } from '@muster/core'
import { carryOutAgain, type Change } from './change.ts'
import { openLineFile } from './line-file.ts'

/** Opens the store of a file, which is made where there is none. */
export async function jsonLinesStore(path: string): Promise<Store> {
  const { file, lines } = await openLineFile<Change>(path)
  const memory = memoryStore()
  await carryOutAgain(memory, lines)

  // The order of the lines has to be the order of the changes. Appends go to the disk together; everything else waits for
  // them and holds up those that follow.
  let appended: Promise<unknown> = Promise.resolve()
  let alone: Promise<unknown> = Promise.resolve()
  const doAlone = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const done = Promise.allSettled([alone, appended]).then(change)
    alone = done.catch(() => undefined)
    return done
  }
  const append = async (inner: JournalWriter, commit: Commit): Promise<void> => {
    await inner.heartbeat() // refuses a former owner before anything is written
    await file.append({ change: 'append', run: inner.run, epoch: inner.epoch, commit })
    await inner.append(commit)
  }
  const writerOf = (inner: JournalWriter): JournalWriter => ({
    run: inner.run,
    epoch: inner.epoch,
    get lastSeq() {
      return inner.lastSeq
    },
    append(commit) {
      const done = alone.then(() => append(inner, commit))
      appended = Promise.allSettled([appended, done])
      return done
    },
    heartbeat: () => inner.heartbeat(),
    close: () => doAlone(() => inner.close()),
  })

  return {
    name: 'json-lines',
    createRun: (run) =>
      doAlone(async () => {
        await memory.createRun(run)
        await file.append({ change: 'create', run })
      }),
    openJournal: (request) =>
      doAlone(async () => {
        const writer = writerOf(await memory.openJournal(request))
        await file.append({ change: 'open', request })
        return writer
      }),
    deleteRuns: (runs) =>
      doAlone(async () => {
        const known = async (run: string): Promise<boolean> => (await memory.findRun(run)) !== undefined
        const before = await Promise.all(runs.map(known))
        const count = await memory.deleteRuns(runs)
        const after = await Promise.all(runs.map(known))
        await file.append({
          change: 'delete',
          runs: runs.filter((_, at) => before[at] === true && after[at] === false),
        })
        return count
      }),
    foldHistory: (run, records, guard) =>
      doAlone(async () => {
        const isFolded = await memory.foldHistory(run, records, guard)
        if (isFolded) await file.append({ change: 'fold', run, records })
        return isFolded
      }),
    listRuns: (limit) => memory.listRuns(limit),
    findRun: (run) => memory.findRun(run),
    readJournal: (run, afterSeq) => memory.readJournal(run, afterSeq),
    readDetails: (run, name) => memory.readDetails(run, name),
    readHistory: (keys) => memory.readHistory(keys),
    close: () =>
      doAlone(async () => {
        await memory.close()
        await file.close()
      }),
  }
}

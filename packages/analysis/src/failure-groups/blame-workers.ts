// One bad worker can fail a thousand good tests. It is to blame where nearly everything fails on it from some moment on, nearly
// nothing fails elsewhere, and the tests that failed there pass elsewhere; where none of them was tried elsewhere, only a long
// unbroken row after it had worked speaks against it. A test that fails on another worker as well is never evidence.
import type { WorkerAttempt } from './worker-attempt.ts'

/** Tests that must have failed on a worker, where they were seen to pass elsewhere. */
const fewestFailed = 4
/** Of the tests tried elsewhere, the share that must have passed there; and how many must have been tried. */
const passElsewhere = 0.8
const fewestTriedElsewhere = 3
/** Share of the attempts since the first failure that must have failed. */
const nearlyAll = 0.8
/** Share of attempts on other workers that may fail. */
const fewElsewhere = 0.2
/** Without a second try elsewhere: the row must be so long, and unbroken, after so many passes; and so few fail elsewhere. */
const longRow = { failed: 20, passedBefore: 5, elsewhere: 0.05 }

/** Workers that are to blame, each with the attempts that failed because of it. Attempts in the order of their ends. */
export function blameWorkers(attempts: readonly WorkerAttempt[]): ReadonlyMap<string, readonly WorkerAttempt[]> {
  const byWorker = listsBy(attempts, ({ worker }) => worker)
  let byTask: ReadonlyMap<string, readonly WorkerAttempt[]> | undefined
  const blamed = new Map<string, readonly WorkerAttempt[]>()
  if (byWorker.size < 2) return blamed
  const failedInAll = attempts.filter(({ isPassed }) => !isPassed).length
  for (const [worker, own] of byWorker) {
    const elsewhere = attempts.length - own.length
    const failedElsewhere = failedInAll - own.filter(({ isPassed }) => !isPassed).length
    const rate = elsewhere === 0 ? 1 : failedElsewhere / elsewhere
    if (elsewhere < fewestFailed || rate > fewElsewhere) continue
    byTask ??= listsBy(attempts, ({ task }) => task)
    const because = failedBecause(worker, own, byTask)
    if (isToBlame(own, because, rate)) blamed.set(worker, because.attempts)
  }
  return blamed
}

interface Because {
  /** Failed here, and their tests failed nowhere else. */
  readonly attempts: readonly WorkerAttempt[]
  readonly tests: number
  readonly triedElsewhere: number
  readonly passedElsewhere: number
}

function failedBecause(
  worker: string,
  own: readonly WorkerAttempt[],
  byTask: ReadonlyMap<string, readonly WorkerAttempt[]>,
): Because {
  const tests = new Map<string, 'untried' | 'passed' | 'failed'>()
  let [tried, passed] = [0, 0]
  for (const { task, isPassed } of own) {
    if (isPassed || tests.has(task)) continue
    const others = (byTask.get(task) ?? []).filter((attempt) => attempt.worker !== worker)
    const isGood = others.length > 0 && others.every((attempt) => attempt.isPassed)
    tests.set(task, others.length === 0 ? 'untried' : isGood ? 'passed' : 'failed')
    if (others.length > 0) tried += 1
    if (isGood) passed += 1
  }
  const attempts = own.filter(({ task, isPassed }) => !isPassed && tests.get(task) !== 'failed')
  const because = new Set(attempts.map(({ task }) => task)).size
  return { attempts, tests: because, triedElsewhere: tried, passedElsewhere: passed }
}

function isToBlame(own: readonly WorkerAttempt[], because: Because, rateElsewhere: number): boolean {
  const firstAt = own.findIndex((attempt) => attempt === because.attempts[0])
  if (firstAt < 0) return false
  const since = own.length - firstAt
  const share = because.attempts.length / since
  if (because.triedElsewhere >= fewestTriedElsewhere) {
    return (
      because.tests >= fewestFailed &&
      share >= nearlyAll &&
      because.passedElsewhere / because.triedElsewhere >= passElsewhere
    )
  }
  return (
    because.tests >= longRow.failed &&
    share === 1 &&
    firstAt >= longRow.passedBefore &&
    rateElsewhere <= longRow.elsewhere &&
    because.passedElsewhere === because.triedElsewhere
  )
}

function listsBy(
  attempts: readonly WorkerAttempt[],
  keyOf: (attempt: WorkerAttempt) => string,
): ReadonlyMap<string, readonly WorkerAttempt[]> {
  const lists = new Map<string, WorkerAttempt[]>()
  for (const attempt of attempts) {
    const list = lists.get(keyOf(attempt))
    if (list === undefined) lists.set(keyOf(attempt), [attempt])
    else list.push(attempt)
  }
  return lists
}

import { expect, test } from 'vitest'
import { failureOfCrash } from './lost-worker.ts'

const pool = '[vitest-pool]: Worker forks emitted error.'

test.each([
  ['with signal SIGKILL during busy state', 'with signal SIGKILL '],
  ['with exit code 0 during busy state', 'with exit code 0 '],
  ['during busy state', ''],
])('a lost worker is told with how it ended, where Vitest says so: %s', (said, told) => {
  const cause = { message: `Worker exited unexpectedly ${said}` }
  expect(failureOfCrash('a.test.ts', [], [{ message: pool, cause }]).message).toContain(
    `its process ended ${told}outside`,
  )
})

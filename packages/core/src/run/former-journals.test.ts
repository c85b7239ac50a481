// Journals of runs from before retries looked at categories, as the code of then wrote them: today's code reads them, and
// decides them anew to the very same entries. New rules are for new runs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitSchema } from '../schemas/commit-schema.ts'
import { decodeCommit } from './commit-codec.ts'
import { fifo } from './fifo.ts'
import { Kernel } from './kernel.ts'
import { Replay } from './replay.ts'

test.each(['journal-before-categories-1.jsonl', 'journal-before-categories-2.jsonl'])('%s', (name) => {
  const lines = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map((line, at) => decodeCommit(line, 'simulated', at + 1))
  for (const line of lines) expect(commitSchema.safeParse(JSON.parse(line)).error).toBeUndefined()

  const replay = new Replay(fifo())
  const kernel = new Kernel(fifo())
  for (const row of rows) {
    replay.take(row)
    kernel.evolve(row.entries, row.atMs)
  }
  expect(replay.result).toMatchObject({ rows: rows.length, parting: undefined })
  const retries = rows.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'retrying')
  expect(retries.length).toBeGreaterThan(5)
  expect(retries.every((entry) => Object.keys(entry).join() === 'kind,task,dueMs')).toBe(true)
  expect(kernel.state.explainsRetries).toBe(false)
  expect(kernel.state.openTasks).toBe(0)
})

// The guide's table is held against what is tried again by default, so that the page cannot go stale. Where they differ, the
// table that belongs there is shown.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureCategories } from '../schemas/word-schemas.ts'
import { defaultRetry } from './default-retry.ts'
import type { RetryWhen } from './retry-options.ts'

const inWords: Readonly<Record<RetryWhen, string>> = {
  never: 'never',
  transient: 'where it may pass',
  'detect-flakiness': 'to detect flakiness',
  always: 'always',
}

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guide/retries.md'), 'utf8')

function cells(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

test('the guide says what is tried again by default, and why', () => {
  const rows = Object.entries(defaultRetry).map(([category, { rule, because }]) => {
    const prefers = [
      ...(rule.worker === undefined ? [] : ['another worker']),
      ...(rule.reservation === undefined ? [] : ['more of what ran out']),
      ...(rule.baseDelayMs === undefined ? [] : [`waits from ${rule.baseDelayMs / 1000} s`]),
    ]
    return [`\`${category}\``, inWords[rule.when], prefers.join(', '), because]
  })
  const told = guide.split('\n').filter((line) => failureCategories.some((name) => line.startsWith(`| \`${name}\``)))
  expect(told.map(cells), `the table is:\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`).toEqual(rows)
})

test('every category has a word', () => {
  expect(Object.keys(defaultRetry).sort()).toEqual([...failureCategories].sort())
})

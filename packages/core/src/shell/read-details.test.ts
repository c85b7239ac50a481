// Details that do not read back as they were written are the store's fault, and are told as that.
import { expect, test } from 'vitest'
import { RunState } from '../run/run-state.ts'
import { readDetails } from './read-details.ts'

function stateWithDetails(): RunState {
  const state = new RunState()
  const row = state.attempts.open(0, 0, -1, 0)
  state.attempts.end(row, { result: 'failed', durationMs: 1, details: 'd1' }, 1)
  return state
}

test('details are found by the name that an outcome gives', async () => {
  const found = await readDetails(stateWithDetails(), async () => '{"version":1,"cases":[]}')
  expect(found.get('d1')).toMatchObject({ cases: [] })
})

test.each([
  ['cut off', '{"cases":['],
  ['without cases', '{"version":1}'],
  ['empty', ''],
])('details that are %s are a damaged store', async (_, text) => {
  await expect(readDetails(stateWithDetails(), async () => text)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
})

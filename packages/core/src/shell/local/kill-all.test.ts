// Killing until nobody is there, with processes that are found but cannot be caught while they run.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { killAll } from './kill-all.ts'

/** The id of a process that is gone: killing it does nothing, as with one that was quicker. */
function goneBy(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

test('somebody who is always a step ahead is frozen first, and thawed when nobody is left', async () => {
  const said: string[] = []
  let isFrozen = false
  const find = (): readonly number[] => {
    if (isFrozen && said.at(-1) === 'found while frozen') return []
    said.push(isFrozen ? 'found while frozen' : 'found')
    return [goneBy()]
  }
  const freezer = {
    freeze: () => {
      isFrozen = true
      said.push('frozen')
    },
    thaw: () => said.push('thawed'),
  }
  const killed = await killAll(find, freezer)
  expect(said).toEqual(['found', 'found', 'found', 'frozen', 'found while frozen', 'thawed'])
  expect(killed).toHaveLength(4)
})

test('where nobody is found, nobody is frozen', async () => {
  const never = (): never => {
    throw new Error('nobody has to stand still')
  }
  expect(await killAll(() => [], { freeze: never, thaw: never })).toEqual([])
})

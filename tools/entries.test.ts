import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allPackages } from './entries.ts'

test('every public entry is built from a source file', () => {
  const sources = allPackages().flatMap(({ folder, entries }) =>
    entries.map(({ module }) => join(folder, 'src', `${module}.ts`)),
  )
  expect(sources).not.toEqual([])
  expect(sources.filter((source) => !existsSync(source))).toEqual([])
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allPackages, root } from './entries.ts'

test('every public entry is built from a source file', () => {
  const sources = allPackages().flatMap(({ folder, entries }) =>
    entries.map(({ module }) => join(folder, 'src', `${module}.ts`)),
  )
  expect(sources).not.toEqual([])
  expect(sources.filter((source) => !existsSync(source))).toEqual([])
})

test('all published packages are versioned together', () => {
  const config = JSON.parse(readFileSync(join(root, '.changeset', 'config.json'), 'utf8')) as { fixed: string[][] }
  const published = allPackages().filter(({ isPublished }) => isPublished)
  expect(config.fixed).toEqual([published.map(({ name }) => name)])
})

import { describe, expect, test } from 'vitest'
import { type Manifest, recognise, isOfNodeTest } from './project-facts.ts'

const manifest = (scripts: Manifest['scripts'], ...dependencies: string[]): Manifest => ({ scripts, dependencies })
const names = (found: Manifest | undefined, rootFiles: string[] = [], viteConfig?: string) =>
  recognise({ manifest: found, rootFiles, viteConfig }).map(({ name }) => name)

describe('Vitest is recognised', () => {
  test('by a dependency', () => expect(names(manifest({}, 'vitest'))).toEqual(['vitest']))
  test('by its configuration', () => expect(names(undefined, ['vitest.config.mts'])).toEqual(['vitest']))
  test('by a script', () => expect(names(manifest({ test: 'tsc && vitest run' }))).toEqual(['vitest']))
  test('by a section of the Vite configuration', () => {
    expect(names(undefined, ['vite.config.ts'], 'export default { test: { globals: true } }')).toEqual(['vitest'])
  })
  test('and not by names that only look like it', () => {
    expect(names(manifest({ test: 'npm run vitest-old' }, 'vitest-mock'), ['vite.config.ts'], 'plugins: []')).toEqual(
      [],
    )
  })
})

describe('node:test is recognised', () => {
  test('by a script', () => {
    expect(names(manifest({ test: 'node --test' }))).toEqual(['node'])
    expect(names(manifest({ test: 'node --import ./x.js --test src' }))).toEqual(['node'])
  })
  test('and not by a flag of another program', () => {
    expect(names(manifest({ test: 'node build.js && tap --test' }))).toEqual([])
    expect(names(manifest({ test: 'node --test-reporter-x' }))).toEqual([])
  })
  test('by an import, in all its forms', () => {
    expect(isOfNodeTest(`import { test } from 'node:test'`)).toBe(true)
    expect(isOfNodeTest(`const test = require("node:test")`)).toBe(true)
    expect(isOfNodeTest(`import test from 'node:tests'`)).toBe(false)
  })
  test('and not where a file of Vitest borrows from it', () => {
    expect(isOfNodeTest(`import { mock } from 'node:test'\nimport { test } from 'vitest'`)).toBe(false)
  })
})

test('the runner with more reasons goes first', () => {
  const both = manifest({ test: 'node --test', unit: 'vitest' }, 'vitest')
  expect(names(both)).toEqual(['vitest', 'node'])
})

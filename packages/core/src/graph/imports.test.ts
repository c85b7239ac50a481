// The promise that `@muster/core/graph` can be used alone: what it loads is read from its sources.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

function loads(file: string, seen: Map<string, readonly string[]> = new Map()): ReadonlyMap<string, readonly string[]> {
  if (seen.has(file)) return seen
  const source = readFileSync(file, 'utf8')
  const found = [...source.matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'/gm)]
  const specifiers = found
    .filter(([statement]) => !/^\w+\s*\{(?:\s*type\s[^,}]*,?)+\s*\}/.test(statement))
    .map(([, specifier = '']) => specifier)
  seen.set(file, specifiers)
  for (const specifier of specifiers) if (specifier.startsWith('.')) loads(join(dirname(file), specifier), seen)
  return seen
}

test('the graph loads no schema library, no store, no orchestrator and nothing of the platform', () => {
  const files = loads(join(import.meta.dirname, 'index.ts'))
  const outside = new Set([...files.values()].flat().filter((specifier) => !specifier.startsWith('.')))
  expect([...outside]).toEqual(['picomatch'])
  expect(files.size).toBeGreaterThan(20)
  for (const file of files.keys()) expect(file).toMatch(/src\/(graph|errors)\/[a-z-]+\.ts$/)
})

// `@muster/core/telemetry` is loaded by applications that may not run a test at all: it brings types, names and one class of
// errors, and neither the kernel nor a schema library.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '..')

/** Everything that is loaded at run time; what is imported as a type is not. */
function reached(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  for (const [, from = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)'/gm)) {
    if (from.startsWith('.')) reached(join(dirname(file), from), seen)
    else seen.add(from)
  }
  return seen
}

test('nothing of the rest is loaded but the class of errors', () => {
  const all = [...reached(join(import.meta.dirname, 'index.ts'), new Set())]
  const outside = all.map((path) => (path.startsWith('/') ? relative(source, path) : path))
  expect(outside.filter((path) => !path.startsWith('telemetry/')).toSorted()).toEqual([
    '@opentelemetry/api',
    'errors/error-catalogue.ts',
    'errors/muster-error.ts',
  ])
})

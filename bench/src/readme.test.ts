// The page of the benchmarks names every one of them with all its figures and options, so that it cannot go stale.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { Bench } from './bench.ts'

const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const folder = join(import.meta.dirname, 'benches')
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))

test.each(files)('%s is described with its figures and options', async (file) => {
  const { bench } = (await import(pathToFileURL(join(folder, file)).href)) as { readonly bench: Bench }
  const section = page.split('\n## ').find((part) => part.startsWith(`${bench.name}\n`)) ?? ''
  for (const figure of Object.keys(bench.figures)) expect(section).toContain(`\`${figure}\``)
  for (const option of Object.keys(bench.options ?? {})) expect(section).toContain(`\`--${option}\``)
  expect(section).toMatch(/- Needs `--data`: .*\n- Goals: ./)
})

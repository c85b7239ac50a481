// Writes docs/api: a page for every public entry, from the docstrings of what it exports. `--check` only says whether the
// pages are up to date. An export without a sentence fails either way, by name, file and line: what nobody can explain is
// not ready to be public.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { ApiEntry, ApiItem } from './api/api-item.ts'
import { readApi } from './api/read-api.ts'
import { type ImportedName, isMethod, orderOf, type Places, renderPage } from './api/render-page.ts'
import { root } from './entries.ts'

const platformNames: readonly ImportedName[] = ['appendFile', 'readFile', 'writeFile'].map((name) => {
  return { name, specifier: 'node:fs/promises', isType: false }
})
const folder = join(root, 'docs', 'api')
const entries = readApi()
const homes = homesOf(entries)
const isHome = (key: string, specifier: string): boolean => homes.get(key) === specifier
const anchors = anchorsOf(entries)
const { errorCatalogue } = (await import(join(root, 'packages/core/src/errors/error-catalogue.ts'))) as {
  readonly errorCatalogue: Readonly<Record<string, unknown>>
}
const places: Places = {
  codes: new Set(Object.keys(errorCatalogue)),
  isHome,
  names: namesFor,
  keyNamed: (name, entry) => [entry, ...entries].flatMap(({ items }) => items).find((item) => item.name === name)?.key,
  linkTo: (key, from) => {
    const home = homes.get(key)
    if (home === undefined) return undefined
    return `${home === from ? '' : fileOf(home)}#${anchors.get(key) ?? ''}`
  },
}
const config = (await resolveConfig(join(root, 'README.md'))) ?? {}
const pages = new Map<string, string>([['README.md', contents()]])
for (const entry of entries) pages.set(fileOf(entry.specifier), renderPage(entry, places))
for (const [file, page] of pages) pages.set(file, await format(page, { ...config, parser: 'markdown' }))

const problems = undocumented()
if (process.argv.includes('--check')) problems.push(...outdated())
else write()
for (const problem of problems) process.stdout.write(`${problem}\n`)
const count = new Set(entries.flatMap(({ items }) => items.map(({ key }) => key))).size
process.stdout.write(`${String(entries.length)} entries, ${String(count)} exports\n`)
if (problems.length > 0) process.exitCode = 1

function undocumented(): string[] {
  const found = new Map<string, string>()
  for (const { specifier, file, items } of entries) {
    if (items.length === 0) found.set(file, `${file}: Expected the source of ${specifier} there, with exports`)
    for (const item of items) {
      if (item.doc.text === '')
        found.set(item.key, `${item.where}: ${specifier} exports ${item.name} without a docstring`)
      for (const { where, signature } of methodsWithoutText(item))
        found.set(
          where,
          `${where}: ${item.name} of ${specifier} has ${signature.split('(')[0] ?? ''} without a docstring`,
        )
    }
  }
  return [...found.values()]
}

function methodsWithoutText({ members }: ApiItem): ApiItem['members'] {
  return members.filter(({ doc, signature }) => {
    return (
      doc.text === '' && doc.defaultValue === undefined && isMethod(signature) && !signature.startsWith('constructor')
    )
  })
}

function outdated(): readonly string[] {
  const there = existsSync(folder) ? readdirSync(folder) : []
  const stale = [...pages].filter(([file, page]) => {
    const path = join(folder, file)
    return !existsSync(path) || readFileSync(path, 'utf8') !== page
  })
  const left = there.filter((file) => !pages.has(file))
  return [...stale.map(([file]) => file), ...left].map((file) => {
    return `docs/api/${file} is not what the sources say. Run \`node tools/api-reference.ts\` and commit it.`
  })
}

function write(): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, page] of pages) writeFileSync(join(folder, file), page)
}

function contents(): string {
  const rows = entries.map(({ specifier, intro, items }) => {
    const [first = ''] = intro.split(/(?<=\.)\s/)
    return `| [\`${specifier}\`](${fileOf(specifier)}) | ${String(items.length)} | ${first} |`
  })
  const names = [...homes.keys()].flatMap((key) => {
    const link = places.linkTo(key, '')
    return link === undefined ? [] : [`[\`${key.replace(/^.*#/, '')}\`](${link})`]
  })
  return [
    '# API reference',
    'Every export of every package, from the docstrings of the sources. A field that ends in `Ms` is in milliseconds, one in `Bytes` in bytes. The [errors](../errors.md) and the [events](../events.md) have pages of their own. Examples are compiled; names that they do not declare, such as `graph`, `run`, `report`, `store` or `muster`, stand for one that you have.',
    ['| entry | exports | |', '| --- | --- | --- |', ...rows].join('\n'),
    '## All names',
    names.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()) || (a < b ? -1 : 1)).join(' · '),
    'This page is written by `node tools/api-reference.ts`.',
  ].join('\n\n')
}

function fileOf(specifier: string): string {
  return `${specifier.replace('@muster/', '').replaceAll('/', '-')}.md`
}

/** The entry that tells an export in full: the one nearest to where it is declared, or else the first. */
function homesOf(entries: readonly ApiEntry[]): ReadonlyMap<string, string> {
  const nearness = new Map<string, number>()
  const homes = new Map<string, string>()
  for (const { specifier, file, items } of entries) {
    const at = file.replace(/[^/]*$/, '')
    for (const { key } of items) {
      const near = key.startsWith(at) ? at.length : 0
      if (near <= (nearness.get(key) ?? -1)) continue
      nearness.set(key, near)
      homes.set(key, specifier)
    }
  }
  return homes
}

/** The fragment of each export on its page, numbered where two names differ in case only, as GitHub does. */
function anchorsOf(entries: readonly ApiEntry[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>()
  for (const entry of entries) {
    const taken = new Map<string, number>(
      ['functions', 'classes', 'constants', 'interfaces', 'types'].map((name) => [name, 1]),
    )
    for (const { key, name } of orderOf(entry, { isHome })) {
      const slug = name.toLowerCase()
      const count = taken.get(slug) ?? 0
      taken.set(slug, count + 1)
      anchors.set(key, count === 0 ? slug : `${slug}-${String(count)}`)
    }
  }
  return anchors
}

function namesFor(entry: ApiEntry): readonly ImportedName[] {
  const known = new Map(platformNames.map((one) => [one.name, one]))
  for (const { specifier, items } of [...entries, entry]) {
    for (const { name, key, kind } of items) {
      if (specifier !== entry.specifier && !isHome(key, specifier)) continue
      known.set(name, { name, specifier, isType: kind === 'interface' || kind === 'type' })
    }
  }
  return [...known.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

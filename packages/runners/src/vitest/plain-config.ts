// Whether a configuration says the same whenever it is read in the same surroundings. What Vitest finds is only kept for a
// configuration of which that can be seen: one that reads files, asks the time or brings plugins may answer otherwise the next
// time, and an old answer would leave tests out without a word. So whatever is not known to be harmless is refused.

/** What a source says of itself. */
export type PlainSource =
  | {
      readonly kind: 'plain'
      /** Modules of the project that it imports, as written: `./shared.ts`. */
      readonly imports: readonly string[]
    }
  | {
      readonly kind: 'not-plain'
      /** What is in the way, for people. */
      readonly because: string
    }

const ofVitest: ReadonlySet<string> = new Set([
  ...['defineConfig', 'defineProject', 'defineWorkspace', 'mergeConfig', 'normalizePath'],
  ...['configDefaults', 'coverageConfigDefaults', 'defaultInclude', 'defaultExclude'],
])

const anyName = undefined

/** Modules that may be imported, and what of them. */
const harmless: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  'vitest/config': ofVitest,
  vite: ofVitest,
  path: anyName,
  'node:path': anyName,
  url: anyName,
  'node:url': anyName,
}

/** The environment is part of what an answer is kept by; what else a process knows is not. */
const strange: readonly RegExp[] = [
  /\bprocess\b(?!\s*\.\s*(?:env|cwd|platform|arch|version|versions)\b)/,
  /\bimport\s*\(/,
  /\bimport\s*\.\s*meta\b(?!\s*\.\s*(?:url|dirname|filename)\b)/,
  /\b(?:globalThis|global|require|eval|Function|constructor|module)\b/,
  /\b(?:Date|Temporal|Intl|random|performance|crypto|fetch|navigator|WebAssembly|Worker|XMLHttpRequest|WebSocket)\b/,
  /\b(?:setTimeout|setInterval|setImmediate|localStorage|sessionStorage)\b/,
]

const clause =
  /\bimport\s+(?<type>type\s+)?(?<names>[\w$*\s{},]+?)\s*from\s*(?<quote>['"])(?<module>[^'"\n]+)\k<quote>/g
const from = /(?<!\.\s*)\bfrom\s*(?<quote>['"])(?<module>[^'"\n]+)\k<quote>/g
const bare = /\bimport\s*(?<quote>['"])(?<module>[^'"\n]+)\k<quote>/g

/**
 * Looks at the text of a configuration, or of a module of the project that one imports.
 *
 * @example
 * ```ts
 * plainSource(`export default { test: { include: ['unit/*.test.ts'] } }`).kind // 'plain'
 * plainSource(`import { globSync } from 'node:fs'`).kind // 'not-plain'
 * ```
 */
export function plainSource(written: string): PlainSource {
  // A line that is a comment says nothing, unless it stands in a text of several lines.
  const text = written.includes('`') ? written : written.replace(/^[ \t]*\/\/.*$/gm, '')
  for (const pattern of strange) {
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined) return { kind: 'not-plain', because: found }
  }
  const clauses = [...text.matchAll(clause)]
  const froms = [...text.matchAll(from)]
  const bares = [...text.matchAll(bare)]
  // An import that is written in a way that is not understood must not pass as none.
  const imports = countOf(text, /\bimport\b(?!\s*\.\s*meta\b)/g)
  if (imports !== clauses.length + bares.length) return { kind: 'not-plain', because: 'import' }
  if (countOf(text, /(?<!\.\s*)\bfrom\b/g) !== froms.length) return { kind: 'not-plain', because: 'from' }
  for (const { groups } of clauses) {
    const { type, names = '', module = '' } = groups ?? {}
    if (!isOwn(module) && type === undefined && !isHarmless(names, module))
      return { kind: 'not-plain', because: module }
  }
  const modules = [...froms, ...bares].map(({ groups }) => groups?.['module'] ?? '')
  const foreign = modules.find((module) => !isOwn(module) && !Object.hasOwn(harmless, module))
  if (foreign !== undefined) return { kind: 'not-plain', because: foreign }
  return { kind: 'plain', imports: [...new Set(modules.filter(isOwn))] }
}

function isOwn(module: string): boolean {
  return module.startsWith('./') || module.startsWith('../')
}

function isHarmless(names: string, module: string): boolean {
  if (!Object.hasOwn(harmless, module)) return false
  const allowed = harmless[module]
  if (allowed === undefined) return true
  const [, list] = /^\{([^{}]*)\}$/.exec(names.trim()) ?? []
  if (list === undefined) return false
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .every((name) => allowed.has(name.split(/\s+as\s+/)[0] ?? ''))
}

function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length
}

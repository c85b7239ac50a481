// Writes one entry's page of the reference. An export that several entries share is told in full on one page, its home; the
// others lead there.
import { fieldMeaning } from './field-meaning.ts'
import { oneLine } from './one-line.ts'
import type { ApiDoc, ApiEntry, ApiItem, ApiKind, ApiMember } from './api-item.ts'

const sections: readonly (readonly [ApiKind, string])[] = [
  ['function', 'Functions'],
  ['class', 'Classes'],
  ['constant', 'Constants'],
  ['interface', 'Interfaces'],
  ['type', 'Types'],
]

/** A name that an example may import. */
export interface ImportedName {
  readonly name: string
  readonly specifier: string
  readonly isType: boolean
}

/** Leads to the place where an export is told. */
export interface Places {
  readonly linkTo: (key: string, from: string) => string | undefined
  readonly keyNamed: (name: string, entry: ApiEntry) => string | undefined
  readonly isHome: (key: string, specifier: string) => boolean
  /** What an example of an entry may use: the exports of that entry before those of others. */
  readonly names: (entry: ApiEntry) => readonly ImportedName[]
  /** Codes of the catalogue of errors. */
  readonly codes: ReadonlySet<string>
}

/** The page of an entry, as Markdown. */
export function renderPage(entry: ApiEntry, places: Places): string {
  const own = orderOf(entry, places)
  const foreign = entry.items.filter((item) => !places.isHome(item.key, entry.specifier))
  const names = entry.items.filter(({ kind }) => kind !== 'interface' && kind !== 'type').map(({ name }) => name)
  return [
    `# \`${entry.specifier}\``,
    entry.intro,
    names.length === 0 ? '' : fenced(`import { ${names.join(', ')} } from '${entry.specifier}'`),
    ...sections.flatMap(([kind, title]) => {
      const items = own.filter((item) => item.kind === kind)
      return items.length === 0 ? [] : [`## ${title}`, ...items.flatMap((item) => renderItem(item, entry, places))]
    }),
    ...(foreign.length === 0
      ? []
      : ['## Told elsewhere', foreign.map((item) => `- ${linked(item.name, item.key, entry, places)}`).join('\n')]),
    'This page is written by `node tools/api-reference.ts` from the docstrings of the sources.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The exports told on an entry's own page, in the order of the page. */
export function orderOf(entry: ApiEntry, places: Pick<Places, 'isHome'>): readonly ApiItem[] {
  return sections.flatMap(([kind]) =>
    entry.items.filter((item) => item.kind === kind && places.isHome(item.key, entry.specifier)),
  )
}

function renderItem(item: ApiItem, entry: ApiEntry, places: Places): readonly string[] {
  const related = item.mentions
    .flatMap((key) => {
      const link = places.linkTo(key, entry.specifier)
      return link === undefined ? [] : [`[\`${key.replace(/^.*#/, '')}\`](${link})`]
    })
    .toSorted()
  // A constructor that says nothing is there for the package itself.
  const members = item.members.filter(({ signature, doc }) => !signature.startsWith('constructor') || doc.text !== '')
  const methods = members.filter(({ signature }) => isMethod(signature))
  const fields = members.filter(({ signature }) => !isMethod(signature))
  const errors = errorsIn([item.doc, ...item.members.map(({ doc }) => doc)], places.codes)
  return [
    `### \`${item.name}\``,
    prose(item.doc, item, entry, places),
    fenced(item.signature),
    fields.length === 0 ? '' : fields.map((member) => bullet(member, item, entry, places)).join('\n'),
    methods.length === 0 ? '' : methods.map((member) => bullet(member, item, entry, places)).join('\n'),
    errors.length === 0 ? '' : `Throws ${errors.map((code) => `[\`${code}\`](../errors.md)`).join(', ')}.`,
    ...[...item.doc.examples, ...item.members.flatMap(({ doc }) => doc.examples)].map((text) =>
      example(text, entry, places),
    ),
    `${related.length === 0 ? '' : `See also ${related.join(', ')}. `}Source: [${item.file}](../../${item.file}).`,
  ]
}

function bullet({ signature, doc, unit }: ApiMember, item: ApiItem, entry: ApiEntry, places: Places): string {
  const line = oneLine(signature)
  const said = prose(doc, item, entry, places).replaceAll(/\s*\n\s*/g, ' ') || fieldMeaning(line)
  const isUnitSaid = unit === undefined || /\bms\b|milliseconds|seconds|bytes/i.test(said)
  const words = [said, isUnitSaid ? '' : `In ${unit}.`].filter((word) => word !== '').join(' ')
  return words === '' ? `- \`${line}\`` : `- \`${line}\`: ${words}`
}

function prose(doc: ApiDoc, item: ApiItem, entry: ApiEntry, places: Places): string {
  const text = doc.text.replaceAll(/\{@link (\w+)\}/g, (_, name: string) => {
    const key = item.mentions.find((mention) => mention.endsWith(`#${name}`)) ?? places.keyNamed(name, entry)
    return key === undefined ? `\`${name}\`` : linked(name, key, entry, places)
  })
  if (doc.defaultValue === undefined) return text
  return `${text} Default: ${doc.defaultValue.replace(/\.$/, '')}.`.trim()
}

function linked(name: string, key: string, entry: ApiEntry, places: Places): string {
  const link = places.linkTo(key, entry.specifier)
  return link === undefined ? `\`${name}\`` : `[\`${name}\`](${link})`
}

function errorsIn(docs: readonly ApiDoc[], codes: ReadonlySet<string>): readonly string[] {
  const named = docs.flatMap(({ text }) => [...text.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, code = '']) => code))
  return [...new Set(named)].filter((code) => codes.has(code)).toSorted()
}

/** Whether a member's signature is one that is called. */
export function isMethod(signature: string): boolean {
  return /^(static )?(async )?\*?(\[Symbol\.\w+\]|\w+)\??(<[^(]*>)?\(/.test(signature)
}

/** An example with the imports that it needs, so that it can be copied, and so that the check of the pages compiles it. */
function example(text: string, entry: ApiEntry, places: Places): string {
  const code = text.replaceAll(/^```\w*\n?|\n?```$/gm, '').trim()
  const imported = new Map<string, string[]>()
  for (const { name, specifier, isType } of places.names(entry)) {
    const isUsed = new RegExp(`(?<![\\w.'"-])${name}(?![\\w'"-]|:)`).test(code)
    const isOwn = new RegExp(
      `import [^\\n]*\\b${name}\\b[^\\n]* from|(const|let|function|class|interface|type) ${name}\\b`,
    ).test(code)
    if (!isUsed || isOwn) continue
    imported.set(specifier, [...(imported.get(specifier) ?? []), `${isType ? 'type ' : ''}${name}`])
  }
  const imports = [...imported].map(([specifier, names]) => `import { ${names.join(', ')} } from '${specifier}'`)
  return `\`\`\`ts\n${[imports.join('\n'), code].filter((part) => part !== '').join('\n\n')}\n\`\`\``
}

/** `typescript` and not `ts`: a signature is no module, so the check of the pages does not compile it. */
function fenced(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``
}

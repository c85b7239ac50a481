// Writes docs/events.md from the union of events, so that the page tells every kind with every field and nothing else;
// `--check` only says whether it still does, and whether every kind has a sentence.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { format, resolveConfig } from 'prettier'
import ts from 'typescript'
import { fieldMeaning } from './api/field-meaning.ts'
import { oneLine } from './api/one-line.ts'
import { programOf } from './api/read-api.ts'
import { root } from './entries.ts'

interface EventKind {
  readonly kind: string
  readonly type: string
  readonly text: string
  readonly fields: readonly string[]
}

const source = join(root, 'packages/core/src/events/run-event.ts')
const program = programOf([source])
const checker = program.getTypeChecker()
const kinds = readKinds()
const problems = kinds
  .filter(({ text }) => text === '')
  .map(({ type }) => `${relative(root, source)}: ${type} has no docstring`)

const page = `# Events by kind

Everything that a run can tell, in the order in which a run tells it: the union \`RunEvent\` of \`@muster/core\`, tagged by
\`kind\`. [The guide](guide/events.md) says how to listen, what is final and what is provisional.

Beside its own fields every event has

${commonFields().join('\n')}

${kinds.map(({ kind }) => `[\`${kind}\`](#${kind})`).join(' · ')}

${kinds.map(section).join('\n\n')}

This page is written by \`node tools/events-page.ts\`.
`
const path = join(root, 'docs', 'events.md')
const formatted = await format(page, { ...(await resolveConfig(path)), parser: 'markdown' })
if (!process.argv.includes('--check')) writeFileSync(path, formatted)
else if (!existsSync(path) || readFileSync(path, 'utf8') !== formatted) {
  problems.push('docs/events.md is not what the union says. Run `node tools/events-page.ts` and commit it.')
}
const texts = new Set<string>()
for (const { kind, text, fields } of kinds) {
  if (texts.has(text)) problems.push(`${relative(root, source)}: ${kind} has the words of another kind`)
  texts.add(text)
  for (const field of fields) if (/;`/.test(field)) problems.push(`${kind}: the field ${field} ends with a semicolon`)
}
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1

function section({ kind, type, text, fields }: EventKind): string {
  const head = `## \`${kind}\`\n\n${text} [\`${type}\`](api/core.md#${type.toLowerCase()})`
  return fields.length === 0 ? `${head}\n\nNo fields of its own.` : `${head}\n\n${fields.join('\n')}`
}

function declared(name: string): ts.Symbol {
  const file = program.getSourceFile(source)
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  const symbol = module?.exports?.get(ts.escapeLeadingUnderscores(name))
  if (symbol === undefined) throw new Error(`Expected ${name} in ${source}.`)
  return symbol
}

/** The members of the union as they are written, each with the kinds that it stands for. */
function readKinds(): readonly EventKind[] {
  const alias = declared('RunEventBody').declarations?.[0]
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias) || !ts.isUnionTypeNode(alias.type))
    throw new Error('Expected RunEventBody to be a union.')
  return alias.type.types.flatMap((node) => {
    const symbol = declared(node.getText())
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker))
    const member = checker.getTypeAtLocation(node)
    return (member.isUnion() ? member.types : [member]).flatMap((type) => {
      const fields = type
        .getProperties()
        .filter(({ name }) => name !== 'kind')
        .map(fieldOf)
      const kindSymbol = type.getProperty('kind')
      // One of several kinds that share a type may say what it is at its tag.
      const own = kindSymbol === undefined ? '' : ts.displayPartsToString(kindSymbol.getDocumentationComment(checker))
      const said = own === '' ? text : own
      return literalsOf(type).map((kind): EventKind => ({ kind, type: node.getText(), text: said, fields }))
    })
  })
}

function literalsOf(type: ts.Type): readonly string[] {
  const kind = type.getProperty('kind')
  if (kind === undefined) return []
  const literal = checker.getTypeOfSymbol(kind)
  return (literal.isUnion() ? literal.types : [literal]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []))
}

function commonFields(): readonly string[] {
  const alias = declared('RunEvent').declarations?.[0]
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias) || !ts.isIntersectionTypeNode(alias.type)) return []
  return alias.type.types
    .filter(ts.isTypeLiteralNode)
    .flatMap((node) => checker.getTypeAtLocation(node).getProperties().map(fieldOf))
}

function fieldOf(symbol: ts.Symbol): string {
  const declaration = symbol.declarations?.[0]
  const signature = (declaration?.getText() ?? symbol.name)
    .replace(/^readonly /, '')
    .replace(/(?: \| undefined)?;?$/, '')
  const line = oneLine(signature)
  const said = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s*\n\s*/g, ' ')
  const text = said === '' ? fieldMeaning(line) : said
  return text === '' ? `- \`${line}\`` : `- \`${line}\`: ${text}`
}

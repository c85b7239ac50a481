// Reads every public entry of every package through TypeScript's own compiler: its exports, what their docstrings say and
// which of the others their declarations speak of. The sources are read, not the built packages, so that a line is a line
// of the file that somebody has to edit.
import { join, relative } from 'node:path'
import ts from 'typescript'
import { allPackages, root } from '../entries.ts'
import type { ApiDoc, ApiEntry, ApiItem, ApiKind, ApiMember } from './api-item.ts'
import { signatureOf } from './signature-of.ts'

const units: Readonly<Record<string, string>> = {
  Ms: 'milliseconds',
  Bytes: 'bytes',
  Seconds: 'seconds',
}

/** Every public entry with its exports. */
export function readApi(): readonly ApiEntry[] {
  const sources = allPackages()
    .filter(({ isPublished }) => isPublished)
    .flatMap(({ folder, entries }) =>
      entries.flatMap(({ specifier, module }) =>
        specifier === undefined ? [] : [{ specifier, path: join(folder, 'src', `${module}.ts`) }],
      ),
    )
  const program = programOf(sources.map(({ path }) => path))
  const reader = new Reader(program.getTypeChecker())
  return sources.map(({ specifier, path }) => {
    const file = program.getSourceFile(path)
    if (file === undefined) return { specifier, file: relative(root, path), intro: '', items: [] }
    return { specifier, file: relative(root, path), intro: introOf(file), items: reader.itemsOf(file) }
  })
}

/** The compiler's view of some files, by the options of this project. */
export function programOf(paths: readonly string[]): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  )
  if (config === undefined) throw new Error('Expected tsconfig.json to be readable.')
  return ts.createProgram(paths, config.options)
}

class Reader {
  readonly #checker: ts.TypeChecker

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  itemsOf(file: ts.SourceFile): readonly ApiItem[] {
    const module = this.#checker.getSymbolAtLocation(file)
    if (module === undefined) return []
    return this.#checker
      .getExportsOfModule(module)
      .map((symbol) => this.#itemOf(symbol.name, this.#target(symbol)))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  }

  #target(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.#checker.getAliasedSymbol(symbol)
  }

  #itemOf(name: string, symbol: ts.Symbol): ApiItem {
    const declarations = symbol.declarations ?? []
    const [first] = declarations
    if (first === undefined) throw new Error(`Expected a declaration of ${name}.`)
    const mentions = new Set<string>()
    for (const declaration of declarations) this.#mentionsIn(declaration, mentions)
    mentions.delete(keyOf(symbol))
    return {
      name,
      kind: kindOf(first),
      file: relative(root, first.getSourceFile().fileName),
      where: whereOf(first),
      doc: this.#docOf(symbol),
      signature: declarations.map((declaration) => signatureOf(declaration, this.#checker)).join('\n'),
      members: declarations.flatMap((declaration) => this.#membersOf(declaration)),
      mentions: [...mentions],
      key: keyOf(symbol),
    }
  }

  #membersOf(declaration: ts.Declaration): readonly ApiMember[] {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return []
    return [...declaration.members].filter(isPublic).flatMap((member): readonly ApiMember[] => {
      if (ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')) return []
      const symbol = member.name === undefined ? undefined : this.#checker.getSymbolAtLocation(member.name)
      const name = member.name?.getText() ?? ''
      const unit = Object.entries(units).find(([end]) => name.endsWith(end))?.[1]
      const doc = symbol === undefined ? this.#docOfNode(member) : this.#docOf(symbol)
      // A setter beside its getter, or an overload, is told once.
      if (symbol?.declarations?.[0] !== undefined && symbol.declarations[0] !== member) return []
      return [{ signature: signatureOf(member, this.#checker), doc, unit, where: whereOf(member) }]
    })
  }

  #docOf(symbol: ts.Symbol): ApiDoc {
    const tags = symbol.getJsDocTags(this.#checker)
    const textOf = (tag: ts.JSDocTagInfo): string => ts.displayPartsToString(tag.text).trim()
    const [defaultValue] = tags.filter(({ name }) => name === 'defaultValue' || name === 'default').map(textOf)
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).trim()
    return { text, defaultValue, examples: tags.filter(({ name }) => name === 'example').map(textOf) }
  }

  #docOfNode(node: ts.Node): ApiDoc {
    const [comment] = ts.getJSDocCommentsAndTags(node)
    const text = comment === undefined ? '' : (ts.getTextOfJSDocComment(comment.comment) ?? '')
    return { text, defaultValue: undefined, examples: [] }
  }

  /** Exports that a declaration names in its types; what a function's body does is nobody's business. */
  #mentionsIn(node: ts.Node, into: Set<string>): void {
    node.forEachChild((child) => {
      if (ts.isBlock(child) || (ts.isClassElement(child) && !isPublic(child))) return
      if (ts.isTypeReferenceNode(child) || ts.isExpressionWithTypeArguments(child)) {
        const name = ts.isTypeReferenceNode(child) ? child.typeName : child.expression
        const symbol = this.#checker.getSymbolAtLocation(name)
        if (symbol !== undefined) into.add(keyOf(this.#target(symbol)))
      }
      this.#mentionsIn(child, into)
    })
  }
}

/** Names a declaration by where it stands, the same from wherever it is exported. */
function keyOf(symbol: ts.Symbol): string {
  const [first] = symbol.declarations ?? []
  return first === undefined ? symbol.name : `${relative(root, first.getSourceFile().fileName)}#${symbol.name}`
}

function kindOf(declaration: ts.Declaration): ApiKind {
  if (ts.isFunctionDeclaration(declaration)) return 'function'
  if (ts.isClassDeclaration(declaration)) return 'class'
  if (ts.isInterfaceDeclaration(declaration)) return 'interface'
  if (ts.isTypeAliasDeclaration(declaration)) return 'type'
  return 'constant'
}

function whereOf(node: ts.Node): string {
  const file = node.getSourceFile()
  return `${relative(root, file.fileName)}:${String(file.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false
  const flags = ts.getCombinedModifierFlags(member)
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0
}

/** The comment that opens a file, as one paragraph. */
function introOf(file: ts.SourceFile): string {
  const lines = file.text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ')
}

// A declaration as a reader of the reference wants it: without its body, without what is private, and in the words of the
// source, because those name the types that a user imports.
import ts from 'typescript'

/** The declaration as text. */
export function signatureOf(node: ts.Node, checker: ts.TypeChecker): string {
  if (ts.isInterfaceDeclaration(node)) return headOf(node, 'interface')
  if (ts.isClassDeclaration(node)) return headOf(node, 'class')
  if (ts.isTypeAliasDeclaration(node)) return stripped(node.getText())
  if (ts.isVariableDeclaration(node)) return `const ${node.name.getText()}: ${typeOf(node, checker)}`
  if (ts.isConstructorDeclaration(node)) return withoutBody(node)
  if (ts.isFunctionLike(node)) return withoutBody(node)
  if (ts.isPropertyDeclaration(node)) {
    const type = node.type?.getText() ?? checker.typeToString(checker.getTypeAtLocation(node), node)
    return `${stripped(node.name.getText())}${node.questionToken === undefined ? '' : '?'}: ${type}`
  }
  return stripped(node.getText())
    .replace(/^readonly /, '')
    .replace(/ \| undefined$/, '')
}

function headOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration, word: string): string {
  const parameters = node.typeParameters?.map((parameter) => parameter.getText()).join(', ')
  const heritage = node.heritageClauses?.map((clause) => ` ${clause.getText()}`).join('') ?? ''
  return `${word} ${node.name?.getText() ?? ''}${parameters === undefined ? '' : `<${parameters}>`}${heritage}`
}

function withoutBody(node: ts.SignatureDeclaration): string {
  const body = 'body' in node && node.body !== undefined ? (node.body as ts.Node) : undefined
  const whole = node.getText()
  return stripped(body === undefined ? whole : whole.slice(0, body.getStart() - node.getStart()))
}

function typeOf(node: ts.VariableDeclaration, checker: ts.TypeChecker): string {
  if (node.type !== undefined) return node.type.getText()
  const type = checker.getTypeAtLocation(node)
  return checker.typeToString(type, node, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias)
}

function stripped(text: string): string {
  return text
    .trim()
    .replace(/^export (declare )?/, '')
    .replace(/^(async|public) /, '')
    .trimEnd()
}

// Examples of docstrings say what an expression comes to: `median([10, 12, 900]) // => 12`. This turns such an example into
// a program that prints each line where that is not so.
const line = /^(\s*)(?!\/\/|const |let |for |if |console\.)(\S.*?) \/\/ => (.*)$/gm

/** The program, or nothing where the example says no values. */
export function valuesProgram(code: string): string | undefined {
  if (!new RegExp(line.source, 'm').test(code)) return undefined
  const checked = code.replaceAll(line, (_, indent: string, expression: string, expected: string) => {
    return `${indent}__is(${expression}, ${JSON.stringify(expected)}, ${JSON.stringify(expression)})`
  })
  return `${checked}\n${judge}`
}

// After `…` anything may follow, and after a colon a remark.
const judge = `import { inspect as __inspect } from 'node:util'
function __is(value: unknown, said: string, expression: string): void {
  const plain = (text: string): string => text.replaceAll(/([[{]) | (?=[\\]}])/g, '$1')
  const shown = plain(__inspect(value, { depth: 9, breakLength: Infinity, compact: true }))
  const expected = plain(said)
  const [start = ''] = expected.split('…')
  if (shown === expected || expected.startsWith(shown + ': ') || (start !== expected && shown.startsWith(start))) return
  console.log(expression + ' is ' + shown + ', and the docs say ' + expected)
}
`

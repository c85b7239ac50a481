// The language of selections, read. It knows no graph but asks which names are there, since an id may hold any sign of
// the language: a name that exists is always that name.
import { MusterError } from '../errors/muster-error.ts'

/** One term: what is named, and what is added to it or taken from it. */
export interface SelectionTerm {
  readonly isNegated: boolean
  /** `+x`: with everything it depends on. */
  readonly withDependencies: boolean
  /** `x+`: with everything that depends on it. */
  readonly withDependents: boolean
  readonly by: 'name' | 'glob' | 'tag' | 'group' | 'file'
  readonly text: string
}

/** The terms of an expression, all of which must hold. */
export function parseSelection(expression: string, isName: (text: string) => boolean): readonly SelectionTerm[] {
  if (isName(expression)) return [{ ...plain, by: 'name', text: expression }]
  return splitAtCommas(expression).map((text) => parseTerm(text.trim(), expression, isName))
}

/** Whether a text asks for everything that looks like it rather than for one thing. */
export function isGlob(text: string): boolean {
  return /[*?[{]|[@+!]\(/.test(text)
}

const plain = { isNegated: false, withDependencies: false, withDependents: false }

function parseTerm(term: string, expression: string, isName: (text: string) => boolean): SelectionTerm {
  let text = term
  const takes = (isThere: boolean, rest: string): boolean => {
    if (!isThere || isName(text)) return false
    text = rest.trim()
    return true
  }
  const isNegated = takes(text.startsWith('!') && !text.startsWith('!('), text.slice(1))
  const withDependencies = takes(text.startsWith('+') && !text.startsWith('+('), text.slice(1))
  const withDependents = takes(text.endsWith('+'), text.slice(0, -1))
  const signs = { isNegated, withDependencies, withDependents }
  if (isName(text)) return { ...signs, by: 'name', text }
  const [, prefix, rest = ''] = /^(tag|group|file):(.*)$/s.exec(text) ?? []
  if (text === '' || (prefix !== undefined && rest === ''))
    throw new MusterError('SELECTION_INVALID', {
      expected: 'a name or a glob in every part',
      got: `${JSON.stringify(term)} in ${JSON.stringify(expression)}`,
    })
  if (prefix === 'tag' || prefix === 'group' || prefix === 'file') return { ...signs, by: prefix, text: rest }
  return { ...signs, by: isGlob(text) ? 'glob' : 'name', text }
}

/** Commas within braces, brackets and parentheses belong to a glob. */
function splitAtCommas(expression: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const letter of expression) {
    if ('{[('.includes(letter)) depth++
    if ('}])'.includes(letter)) depth = Math.max(0, depth - 1)
    if (letter === ',' && depth === 0) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${letter}`)
  }
  return parts
}

// A pattern that looks at one line in linear time, by construction: what could take longer is refused when it is compiled. A
// gap (`.*` outside of any group) is crossed by looking for its two sides one after the other, so gaps cost nothing; any
// other repetition without an end matches at most 64 characters.
import { MusterError } from '../../errors/muster-error.ts'
import { parsePattern } from './parse-pattern.ts'
import { patternCost } from './pattern-cost.ts'
import { PatternRefused, type PatternNode } from './pattern-node.ts'
import { wordsOf } from './pattern-words.ts'

/** What `*` and `+` stand for. */
const longestRepeat = 64

/** Steps that a piece between two gaps may take from one place; and where it can begin at one place only. */
const dearest = { anywhere: 4000, atStart: 40_000 }

/** A pattern, ready to be tried on lines. */
export interface LinePattern {
  readonly source: string
  /** Small letters; a line that holds none of them cannot match. Empty: every line has to be tried. */
  readonly words: readonly string[]
  readonly matches: (line: string) => boolean
  /** What stands between two `|` outside of any group; a line that one of them matches is matched. */
  readonly branches: readonly PatternBranch[]
}

/** One way in which a pattern can match. */
export interface PatternBranch {
  /** Small letters; a line that holds none of them cannot match this way. Empty: every line has to be tried. */
  readonly words: readonly string[]
  readonly matches: (line: string) => boolean
}

/**
 * Compiles a pattern, or throws `OPTIONS_INVALID` where it could take more than linear time. Flags: `i` or none.
 *
 * @example
 * ```ts
 * linePattern(/^fatal: .*Authentication failed/).matches('fatal: https: Authentication failed') // true
 * linePattern(/(a+)+$/) // throws: a repetition inside of a repetition
 * ```
 */
export function linePattern(pattern: RegExp | string, what = 'pattern'): LinePattern {
  try {
    return compile(pattern, true)
  } catch (problem) {
    if (!(problem instanceof PatternRefused) && !(problem instanceof SyntaxError)) throw problem
    throw new MusterError('OPTIONS_INVALID', {
      expected: `${what} to be a regular expression that takes linear time`,
      got: `${JSON.stringify(sourceOf(pattern).slice(0, 200))}: ${problem.message}`,
      remedy:
        'Repeat single characters or classes only, put `.*` outside of groups, and leave out lookaround and backreferences.',
      cause: problem,
    })
  }
}

/** As {@link linePattern}, for a pattern of ours, whose cost a test has seen: reading it off takes longer than compiling. */
export function provenPattern(pattern: RegExp | string): LinePattern {
  return compile(pattern, false)
}

function compile(pattern: RegExp | string, isWeighed: boolean): LinePattern {
  const source = sourceOf(pattern)
  const flags = typeof pattern === 'string' ? '' : pattern.flags
  if (source.length > 2000) throw new PatternRefused(`it is longer than 2000 characters`)
  if (flags !== '' && flags !== 'i') throw new PatternRefused(`the flags \`${flags}\` are not \`i\` or none`)
  const tree = parsePattern(source)
  const branches = (tree.kind === 'choice' ? tree.branches : [tree]).map((branch) => {
    const pieces = piecesOf(branch)
    if (isWeighed) weigh(pieces, flags)
    return compileBranch(pieces, flags)
  })
  const isWordless = branches.some(({ words }) => words.length === 0)
  return {
    source,
    words: isWordless ? [] : branches.flatMap(({ words }) => words),
    matches: (line) => branches.some(({ matches }) => matches(line)),
    branches,
  }
}

function sourceOf(pattern: RegExp | string): string {
  return typeof pattern === 'string' ? pattern : pattern.source
}

/** Refuses pieces that can take too many steps from one place. */
function weigh(pieces: readonly PatternNode[], flags: string): void {
  pieces.forEach((piece, at) => {
    const steps = patternCost(piece, flags)
    const most = at === 0 && beginsAtStart(pieces[0]) ? dearest.atStart : dearest.anywhere
    if (steps > most) throw new PatternRefused(`a piece can take ${steps} steps from one place, more than ${most}`)
  })
}

function compileBranch(pieces: readonly PatternNode[], flags: string): PatternBranch {
  const words = wordsOf({ kind: 'sequence', items: pieces }) ?? []
  let expressions: readonly RegExp[] | undefined
  const matches = (line: string): boolean => {
    // Most patterns are never tried.
    expressions ??= pieces.map((piece) => new RegExp(write(piece), `${flags}g`))
    return follow(expressions, line)
  }
  return { words, matches }
}

function beginsAtStart(piece: PatternNode | undefined): boolean {
  if (piece?.kind !== 'sequence') return false
  const [first] = piece.items
  return first?.kind === 'anchor' ? first.source === '^' : beginsAtStart(first)
}

/** Each piece is looked for behind the one before. */
function follow(expressions: readonly RegExp[], line: string): boolean {
  let from = 0
  for (const expression of expressions) {
    expression.lastIndex = from
    if (!expression.test(line)) return false
    from = expression.lastIndex
  }
  return true
}

function piecesOf(tree: PatternNode): readonly PatternNode[] {
  if (tree.kind !== 'sequence') return [bounded(tree)]
  const pieces: PatternNode[][] = [[]]
  for (const item of tree.items) {
    if (isGap(item)) {
      // `.+` is one character and a gap.
      if (item.least > 0) pieces.at(-1)?.push(...Array.from({ length: item.least }, () => item.item))
      pieces.push([])
    } else pieces.at(-1)?.push(bounded(item))
  }
  const held = pieces.filter((items) => items.length > 0)
  if (held.length === 0) throw new PatternRefused('it matches every line')
  return held.map((items) => ({ kind: 'sequence', items }))
}

function isGap(node: PatternNode): node is PatternNode & { readonly kind: 'repeat' } {
  return node.kind === 'repeat' && node.most === Infinity && node.item.kind === 'character' && node.item.source === '.'
}

function bounded(node: PatternNode): PatternNode {
  switch (node.kind) {
    case 'character':
    case 'anchor':
      return node
    case 'sequence':
      return { kind: 'sequence', items: node.items.map(bounded) }
    case 'choice':
      return { kind: 'choice', branches: node.branches.map(bounded) }
    case 'repeat': {
      if (node.most === Infinity && node.item.kind !== 'character')
        throw new PatternRefused('a group is repeated without an end')
      return { ...node, item: bounded(node.item), most: Math.min(node.most, Math.max(longestRepeat, node.least)) }
    }
  }
}

function write(node: PatternNode): string {
  switch (node.kind) {
    case 'character':
    case 'anchor':
      return node.source
    case 'sequence':
      return node.items.map(write).join('')
    case 'choice':
      return `(?:${node.branches.map(write).join('|')})`
    case 'repeat':
      return `(?:${write(node.item)}){${node.least},${node.most}}`
  }
}

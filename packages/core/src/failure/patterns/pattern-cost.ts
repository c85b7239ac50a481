// How many steps a pattern can take from one place of a text, at worst. Repetition multiplies what follows only where it can
// end in several places: before a character that it cannot match itself there is but one.
import { PatternRefused, type PatternNode } from './pattern-node.ts'

/** Every ASCII character and one for the rest of the world. */
const alphabet: readonly string[] = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), '\u00e9']

/** Steps at worst from one place, or {@link PatternRefused} where repetition is nested. */
export function patternCost(node: PatternNode, flags: string): number {
  return costOf(node, { cost: 1, first: alphabet, isNullable: true }, { flags }).cost
}

/** What comes next: its cost, what it can begin with, and whether it can be nothing. */
interface Rest {
  readonly cost: number
  readonly first: readonly string[]
  readonly isNullable: boolean
}

interface Within {
  readonly flags: string
  readonly isRepeated?: boolean
}

function costOf(node: PatternNode, rest: Rest, within: Within): Rest {
  switch (node.kind) {
    case 'character':
      return { cost: rest.cost + 1, first: charactersOf(node, within.flags), isNullable: false }
    case 'anchor':
      return rest
    case 'sequence':
      return node.items.reduceRight((after, item) => costOf(item, after, within), rest)
    case 'choice': {
      const branches = node.branches.map((branch) => costOf(branch, rest, within))
      return {
        cost: branches.length + dearestTogether(branches),
        first: [...new Set(branches.flatMap(({ first }) => first))],
        isNullable: branches.some(({ isNullable }) => isNullable),
      }
    }
    case 'repeat':
      return repeatCost(node, rest, within)
  }
}

/** Branches that begin differently are never all followed from one place. */
function dearestTogether(branches: readonly Rest[]): number {
  const byCharacter = new Map<string, number>()
  for (const { first, cost } of branches) {
    for (const character of first) byCharacter.set(character, (byCharacter.get(character) ?? 0) + cost)
  }
  return Math.max(0, ...byCharacter.values())
}

function repeatCost(
  { item, least, most }: PatternNode & { readonly kind: 'repeat' },
  rest: Rest,
  within: Within,
): Rest {
  if (item.kind !== 'character' && most > 1) {
    if (within.isRepeated === true || most > 8 || holdsRepeat(item))
      throw new PatternRefused(
        'a repetition inside of a repetition, or of a group more than 8 times, is not linear-time',
      )
    const [once, nothing] = [costOf(item, rest, { ...within, isRepeated: true }), rest]
    return { ...once, cost: once.cost * most + nothing.cost, isNullable: least === 0 || once.isNullable }
  }
  const once = costOf(item, rest, within)
  const first = least === 0 ? [...new Set([...once.first, ...rest.first])] : once.first
  const isNullable = (least === 0 || once.isNullable) && rest.isNullable
  if (most === 1) return { cost: 1 + dearestTogether([once, rest]), first, isNullable }
  const places = least === most || (!rest.isNullable && !meet(once.first, rest.first)) ? 1 : most - least + 1
  return { cost: most + places * rest.cost, first, isNullable }
}

function holdsRepeat(node: PatternNode): boolean {
  switch (node.kind) {
    case 'character':
    case 'anchor':
      return false
    case 'sequence':
      return node.items.some(holdsRepeat)
    case 'choice':
      return node.branches.some(holdsRepeat)
    case 'repeat':
      return node.most > 1
  }
}

function meet(one: readonly string[], other: readonly string[]): boolean {
  return one.some((character) => other.includes(character))
}

function charactersOf(
  { source, literal }: PatternNode & { readonly kind: 'character' },
  flags: string,
): readonly string[] {
  if (literal !== undefined)
    return flags === 'i' ? [...new Set([literal.toLowerCase(), literal.toUpperCase()])] : [literal]
  const pattern = new RegExp(`^${source}$`, flags)
  // A line holds no line end.
  return alphabet.filter((character) => character !== '\n' && pattern.test(character))
}

// Reads the part of the language of regular expressions that is linear by nature: characters, classes, groups, choices and
// repetition. What needs memory or looks around (backreferences, lookbehind, lookahead) is refused here, by name.
import { PatternRefused, type PatternNode } from './pattern-node.ts'

/** The tree of a pattern, or {@link PatternRefused}. */
export function parsePattern(source: string): PatternNode {
  const reader = new Reader(source)
  const tree = reader.choice(0)
  if (!reader.isAtEnd) throw new PatternRefused('a closing bracket has no opening one')
  return tree
}

/** Groups nested deeper than this say more about the writer than about the failure. */
const deepest = 8

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length
  }

  choice(depth: number): PatternNode {
    if (depth > deepest) throw new PatternRefused(`groups are nested deeper than ${deepest}`)
    const branches = [this.#sequence(depth)]
    while (this.#take('|')) branches.push(this.#sequence(depth))
    const [only] = branches
    return branches.length === 1 && only !== undefined ? only : { kind: 'choice', branches }
  }

  #sequence(depth: number): PatternNode {
    const items: PatternNode[] = []
    while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') items.push(this.#repeated(this.#atom(depth)))
    return { kind: 'sequence', items }
  }

  #atom(depth: number): PatternNode {
    const character = this.#next()
    if (character === '(') return this.#group(depth)
    if (character === '[') return this.#class()
    if (character === '\\') return this.#escape()
    if (character === '^' || character === '$') return { kind: 'anchor', source: character }
    if (character === '.') return { kind: 'character', source: '.' }
    if (character === '*' || character === '+' || character === '?')
      throw new PatternRefused(`\`${character}\` repeats nothing`)
    if (character === '{' || character === '}') throw new PatternRefused('a bare `{` or `}` has to be escaped')
    return { kind: 'character', source: escaped(character), literal: character }
  }

  #group(depth: number): PatternNode {
    if (this.#take('?')) {
      if (!this.#take(':'))
        throw new PatternRefused('lookahead, lookbehind and named groups are not linear-time by nature')
    }
    const inside = this.choice(depth + 1)
    if (!this.#take(')')) throw new PatternRefused('a group is not closed')
    return inside
  }

  #class(): PatternNode {
    const from = this.#at - 1
    if (this.#peek() === '^') this.#at += 1
    if (this.#peek() === ']') throw new PatternRefused('a class is empty')
    while (!this.isAtEnd && this.#peek() !== ']') this.#at += this.#peek() === '\\' ? 2 : 1
    if (!this.#take(']')) throw new PatternRefused('a class is not closed')
    return { kind: 'character', source: this.#source.slice(from, this.#at) }
  }

  #escape(): PatternNode {
    const character = this.#next()
    if (character === 'b' || character === 'B') return { kind: 'anchor', source: `\\${character}` }
    if (/[1-9k]/.test(character)) throw new PatternRefused('backreferences are not linear-time')
    if (/[dDwWsStnrf]/.test(character)) return { kind: 'character', source: `\\${character}` }
    if (character === 'u' || character === 'x') {
      const digits = this.#source.slice(this.#at, this.#at + (character === 'u' ? 4 : 2))
      if (!/^(?:[\da-fA-F]{2}){1,2}$/.test(digits)) throw new PatternRefused(`\`\\${character}\` lacks its digits`)
      this.#at += digits.length
      return { kind: 'character', source: `\\${character}${digits}` }
    }
    if (/[A-Za-z\d]/.test(character)) throw new PatternRefused(`\`\\${character}\` is not known`)
    return { kind: 'character', source: escaped(character), literal: character }
  }

  #repeated(item: PatternNode): PatternNode {
    const times = this.#times()
    if (times === undefined) return item
    if (item.kind === 'anchor') throw new PatternRefused('an anchor cannot be repeated')
    // A lazy repetition matches the same lines.
    this.#take('?')
    return { kind: 'repeat', item, ...times }
  }

  #times(): { readonly least: number; readonly most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity }
    if (this.#take('+')) return { least: 1, most: Infinity }
    if (this.#take('?')) return { least: 0, most: 1 }
    if (this.#peek() !== '{') return undefined
    const close = this.#source.indexOf('}', this.#at)
    const [, least, comma, most] = /^(\d{1,3})(,)?(\d{1,3})?$/.exec(this.#source.slice(this.#at + 1, close)) ?? []
    if (close < 0 || least === undefined) throw new PatternRefused('`{` opens no count of up to three digits')
    this.#at = close + 1
    const upTo = most === undefined ? (comma === undefined ? Number(least) : Infinity) : Number(most)
    if (upTo < Number(least)) throw new PatternRefused('a count ends before it begins')
    return { least: Number(least), most: upTo }
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #next(): string {
    const character = this.#peek()
    if (character === '') throw new PatternRefused('it ends in the middle of something')
    this.#at += 1
    return character
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at += 1
    return true
  }
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

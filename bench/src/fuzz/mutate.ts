// Damages a document the way transport, bugs and bad intent do. It knows what a document is made of (tags, strings, numbers,
// lines, brackets), so most of what comes out is still half a document and gets past the first look of a reader.
import type { Dice } from './dice.ts'

/** A document, cut into the pieces that its format is made of. */
export interface Cut {
  readonly pieces: readonly string[]
}

const piece = /<[^<>]*>|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_][\w-]*|\r?\n|[ \t]+|[\s\S]/g

/** Cuts a text into tags, strings, numbers, words, lines and single characters. */
export function cut(text: string): Cut {
  return { pieces: text.match(piece) ?? [] }
}

const strings = [
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"toString"',
  '"hasOwnProperty"',
  '"then"',
  '"toJSON"',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u2066"',
  '"<script>alert(1)</script>"',
  '"]]>"',
  '"\\u001b[2J"',
  '"../../etc/passwd"',
]
const numbers = [
  '0',
  '-0',
  '-1',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  '4294967296',
  '2147483648',
  '0.1e-400',
  'NaN',
]
const values = [
  'null',
  'true',
  'false',
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
]
const tags = [
  '<testcase>',
  '</testcase>',
  '<testsuite>',
  '</testsuite>',
  '<testsuites/>',
  '<failure message="x">',
  '<skipped/>',
  '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="9"?>',
  '<__proto__ constructor="x">',
  '<testcase name="&#0;&#x10ffff;&c;" time="1e999"/>',
  '<properties><property name="__proto__" value="1"/></properties>',
]
const lines = [
  'ok 1\n',
  'not ok 2 - x {\n',
  '}\n',
  '1..0\n',
  '1..999999999999\n',
  'Bail out! no\n',
  'TAP version 14\n',
  'pragma +strict\n',
  '  ---\n',
  '  ...\n',
  '  __proto__:\n    polluted: 1\n',
  '    ok 1 - in\n',
  '# Subtest: y\n',
  'ok 1e9 # SKIP\n',
  'ok # TODO \\# x\n',
  '  a: &a [*a]\n',
]
const characters = [
  '\0',
  '\u0001',
  '\ufeff',
  '\ufffd',
  '\ud800',
  '\udc00',
  '\u2028',
  '\u202e',
  '\u001b',
  '\r',
  '\t',
  '&',
  '<',
  '>',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '#',
]
const words = ['__proto__', 'constructor', 'prototype', 'valueOf', 'length', 'name', 'kind', 'undefined']

/**
 * Most characters that one repetition or nesting adds: deeper than any stack, and little enough that work in proportion to the
 * text is over long before 100 ms.
 */
const longestPart = 40_000
/** Longest text that comes out but for rare deep or repeated ones, in pieces. */
const mostPieces = 4000

/** One input: `document` with up to six damages, told by the dice. */
export function mutate(document: Cut, others: readonly Cut[], dice: Dice): string {
  let pieces = [...document.pieces]
  for (let left = 1 + dice.below(6); left > 0; left -= 1) pieces = damage(pieces, others, dice)
  const text = pieces.join('')
  return dice.below(16) === 0 ? brokenBytes(text, dice) : text
}

function damage(pieces: string[], others: readonly Cut[], dice: Dice): string[] {
  if (pieces.length === 0) return [dice.oneOf(characters)]
  const size = Math.max(1, pieces.length)
  const at = dice.below(size)
  const few = 1 + dice.below(12)
  switch (dice.below(14)) {
    case 0:
      return pieces.slice(0, at)
    case 1:
      return pieces.toSpliced(at, few)
    case 2:
      return pieces.toSpliced(dice.below(size), 0, ...pieces.slice(at, at + few))
    case 3: {
      const to = dice.below(size)
      return pieces.with(at, pieces[to] ?? '').with(to, pieces[at] ?? '')
    }
    case 4:
      return replaceNear(pieces, at, /^"/, dice.oneOf(strings))
    case 5:
      return replaceNear(pieces, at, /^-?\d/, dice.oneOf(numbers))
    case 6:
      return replaceNear(pieces, at, /^["\d[{tfn-]/, dice.oneOf(values))
    case 7:
      return replaceNear(pieces, at, /^</, dice.oneOf(tags))
    case 8:
      return replaceNear(pieces, at, /^\r?\n$/, `\n${dice.oneOf(lines)}`)
    case 9:
      return replaceNear(pieces, at, /^[A-Za-z_]/, dice.oneOf(words))
    case 10:
      return pieces.toSpliced(at, 0, dice.oneOf(characters))
    case 11: {
      const { pieces: other } = dice.oneOf(others)
      const from = dice.below(Math.max(1, other.length))
      return pieces.toSpliced(at, few, ...other.slice(from, from + few))
    }
    case 12:
      return pieces.length > mostPieces ? pieces : repeated(pieces, at, few, dice)
    default:
      return pieces.length > mostPieces ? pieces : nested(pieces, at, dice)
  }
}

/** Replaces the first piece of a sort from some place on, so that a number stays where a number was. */
function replaceNear(pieces: string[], at: number, sort: RegExp, by: string): string[] {
  const found = pieces.findIndex((one, index) => index >= at && sort.test(one))
  return found === -1 ? pieces.toSpliced(at, 0, by) : pieces.with(found, by)
}

/** A part again and again: most often a few times, rarely a few hundred. */
function repeated(pieces: string[], at: number, few: number, dice: Dice): string[] {
  const part = pieces.slice(at, at + few).join('')
  const most = Math.max(2, Math.floor(longestPart / Math.max(1, part.length)))
  const times = Math.min(most, dice.below(40) === 0 ? 600 : 2 + dice.below(20))
  return pieces.toSpliced(at, 0, part.repeat(times))
}

/** Nesting around a place: most often shallow, rarely deeper than any stack. */
function nested(pieces: string[], at: number, dice: Dice): string[] {
  const [open, close] = dice.oneOf([
    ['[', ']'],
    ['{"a":', '}'],
    ['<testsuite name="a">', '</testsuite>'],
    ['<system-out>', '</system-out>'],
    ['    ', ''],
    ['not ok 1 - a {\n', '}\n'],
  ] as const)
  const depth = dice.below(200) === 0 ? Math.floor(longestPart / open.length) : 1 + dice.below(60)
  const isClosed = dice.below(3) > 0
  return pieces.toSpliced(at, 1, open.repeat(depth), pieces[at] ?? '', isClosed ? close.repeat(depth) : '')
}

/** The text after bytes were lost or changed, decoded as every reader decodes its file. */
function brokenBytes(text: string, dice: Dice): string {
  const bytes = Buffer.from(text)
  for (let left = 1 + dice.below(8); left > 0 && bytes.length > 0; left -= 1) {
    bytes[dice.below(bytes.length)] = dice.below(256)
  }
  return bytes.toString('utf8')
}

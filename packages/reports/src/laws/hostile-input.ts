// Documents that were damaged on the way or made to do harm: real ones, cut, doubled, shuffled and sprinkled with what parsers
// trip over. Only laws use this.
import fc from 'fast-check'

const sprinkles: readonly string[] = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/>',
  '</testcase>',
  '</testsuite>',
  '<testcase name="x">',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a [',
  '&#0;',
  '&#x10ffff0;',
  '&constructor;',
  '\u0000',
  '\ud800',
  '\u001b[31m',
  '__proto__',
  'constructor',
  '"__proto__":{"polluted":1},',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '1e999',
  '-1',
  'NaN',
  '\n',
  '\r\n',
  '    ',
  '1..5\n',
  '1..0\n',
  'ok 1\n',
  'not ok 2 - x {\n',
  '    ok 1 - in\n',
  '}\n',
  '  ---\n',
  '  ...\n',
  '# Subtest: y\n',
  'Bail out! no\n',
  ' # SKIP',
  ' # TODO',
  '\\#',
  'TAP version 14\n',
  '\ufeff',
  '\u2028',
  '𝒳',
]

/** One document, damaged in up to eight places. */
export function damaged(documents: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  const damage = fc.record({
    kind: fc.constantFrom('cut', 'drop', 'double', 'insert', 'move' as const),
    from: place,
    length: fc.integer({ min: 1, max: 60 }),
    to: place,
    text: fc.constantFrom(...sprinkles),
  })
  return fc
    .record({ text: fc.constantFrom(...documents), damages: fc.array(damage, { minLength: 1, maxLength: 8 }) })
    .map(({ text, damages }) => {
      let left = text
      for (const { kind, from, length, to, text: extra } of damages) {
        const start = Math.floor(from * left.length)
        const target = Math.floor(to * left.length)
        const piece = left.slice(start, start + length)
        if (kind === 'cut') left = left.slice(0, Math.max(1, start))
        else if (kind === 'drop') left = left.slice(0, start) + left.slice(start + length)
        else if (kind === 'double') left = left.slice(0, target) + piece + left.slice(target)
        else if (kind === 'insert') left = left.slice(0, start) + extra + left.slice(start)
        else left = left.slice(0, target) + piece + left.slice(target).replace(piece, '')
      }
      return left
    })
}

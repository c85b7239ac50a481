// What must hold of every name of a kept file, as laws over whatever makes them, so that planted faults can be tried as well.
import fc from 'fast-check'
import { expect } from 'vitest'

/** Names as tests choose them: any Unicode, ways out of the folder, devices, marks that change the order of reading. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.stringMatching(/^[./\\a-c\0\u202e]{0,20}$/),
  fc.constantFrom(
    '../../etc/passwd',
    'C:\\con',
    'aux.txt',
    'a/./../b',
    '..',
    '',
    ' . ',
    '\u202egnp.exe',
    'x'.repeat(10_000),
  ),
)

/** No name leads out of its folder, prints marks that change what is read, or is longer than a disk takes. */
export function safeNames(nameOf: (given: string) => string): void {
  fc.assert(
    fc.property(anyText, (given) => {
      const name = nameOf(given)
      expect(name.startsWith('/')).toBe(false)
      for (const part of name.split('/')) {
        expect(['', '.', '..']).not.toContain(part)
        expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(255)
      }
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*\\]/u)
      expect(name).not.toMatch(/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i)
      expect(nameOf(name)).toBe(name)
    }),
  )
}

/** Folders of different tasks differ, also where the disk takes capitals for small letters. */
export function distinctFolders(folderOf: (given: string) => string): void {
  fc.assert(
    // Names that differ late are the ones that a short form would throw together.
    fc.property(anyText, anyText, anyText, (common, one, other) => {
      const a = common + one
      const b = common + other
      if (a !== b) expect(folderOf(a).toLowerCase()).not.toBe(folderOf(b).toLowerCase())
      expect(folderOf(a)).toMatch(/^[A-Za-z0-9._-]{1,60}$/)
      expect(['.', '..']).not.toContain(folderOf(a))
    }),
  )
}

/** No two files of an attempt get one name. */
export function freeNames(freeName: (name: string, taken: Set<string>) => string): void {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'A', 'a.png', 'A.png', 'a~2.png', 'b/a.png'), { maxLength: 12 }),
      (given) => {
        const taken = new Set<string>()
        const names = given.map((name) => freeName(name, taken).toLowerCase())
        expect(new Set(names).size).toBe(names.length)
      },
    ),
  )
}

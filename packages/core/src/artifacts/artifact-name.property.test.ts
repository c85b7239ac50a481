import fc from 'fast-check'
import { expect, test } from 'vitest'
import { artifactName, folderName } from './artifact-name.ts'
import { freeName } from './free-name.ts'

const anyText = fc.oneof(
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

test('no name leads out of its folder, prints marks that change what is read, or is longer than a disk takes', () => {
  fc.assert(
    fc.property(anyText, (given) => {
      const name = artifactName(given)
      expect(name.startsWith('/')).toBe(false)
      for (const part of name.split('/')) {
        expect(['', '.', '..']).not.toContain(part)
        expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(255)
      }
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*\\]/u)
      expect(artifactName(name)).toBe(name)
    }),
  )
})

test('folders of different tasks differ', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      if (a !== b) expect(folderName(a).toLowerCase()).not.toBe(folderName(b).toLowerCase())
      expect(folderName(a)).toMatch(/^[A-Za-z0-9._-]{1,60}$/)
      expect(['.', '..']).not.toContain(folderName(a))
    }),
  )
})

test('no two files of an attempt get one name', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 20 }), (given) => {
      const taken = new Set<string>()
      const names = given.map((name) => freeName(artifactName(name), taken).toLowerCase())
      expect(new Set(names).size).toBe(names.length)
    }),
  )
})

test('ordinary names stay as they are', () => {
  expect(artifactName('shots/login page.png')).toBe('shots/login page.png')
  expect(folderName('e2e-login.test.ts')).toBe('e2e-login.test.ts')
  expect(artifactName('con.txt')).toBe('_con.txt')
  const taken = new Set<string>()
  expect(['a.png', 'A.png', 'a.png'].map((name) => freeName(name, taken))).toEqual(['a.png', 'A~2.png', 'a~3.png'])
})

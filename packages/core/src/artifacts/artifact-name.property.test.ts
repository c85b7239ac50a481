import { expect, test } from 'vitest'
import { artifactName, folderName } from './artifact-name.ts'
import { freeName } from './free-name.ts'
import { distinctFolders, freeNames, safeNames } from './laws/name-laws.ts'

test('no name leads out of its folder, prints marks that change what is read, or is longer than a disk takes', () => {
  safeNames(artifactName)
})

test('folders of different tasks differ', () => {
  distinctFolders(folderName)
})

test('no two files of an attempt get one name', () => {
  freeNames(freeName)
})

test('ordinary names stay as they are', () => {
  expect(artifactName('shots/login page.png')).toBe('shots/login page.png')
  expect(folderName('e2e-login.test.ts')).toBe('e2e-login.test.ts')
  expect(artifactName('con.txt')).toBe('_con.txt')
  const taken = new Set<string>()
  expect(['a.png', 'A.png', 'a.png'].map((name) => freeName(name, taken))).toEqual(['a.png', 'A~2.png', 'a~3.png'])
})

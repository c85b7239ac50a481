// Planted faults in how files are named: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { artifactName, folderName } from './artifact-name.ts'
import { freeName } from './free-name.ts'
import { distinctFolders, freeNames, safeNames } from './laws/name-laws.ts'

const names: Readonly<Record<string, (given: string) => string>> = {
  'keeps the name as it is': (given) => given,
  'leaves the way up': (given) => (given.includes('..') ? `../${artifactName(given)}` : artifactName(given)),
  'leaves bidirectional marks': (given) => artifactName(given) + (given.includes('\u202e') ? '\u202e' : ''),
  'leaves a device of Windows': (given) => (given === 'aux.txt' ? given : artifactName(given)),
  'lets names grow': (given) => (given.length > 1000 ? given : artifactName(given)),
  'gives nothing for nothing': (given) => (given === '' ? '' : artifactName(given)),
}
test.each(Object.keys(names))('a name that %s is noticed', (fault) => {
  expect(() => {
    safeNames(names[fault] ?? artifactName)
  }).toThrow()
})

const folders: Readonly<Record<string, (given: string) => string>> = {
  'has no hash': (given) => given.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '') || 'task',
  'is the text itself': (given) => given,
  'forgets the end of a long text': (given) => folderName(given.slice(0, 3)),
}
test.each(Object.keys(folders))('a folder that %s is noticed', (fault) => {
  expect(() => {
    distinctFolders(folders[fault] ?? folderName)
  }).toThrow()
})

const free: Readonly<Record<string, typeof freeName>> = {
  'is given twice': (name) => name,
  'differs by a capital only': (name, taken) => {
    if (!taken.has(name)) return name + (taken.add(name), '')
    return freeName(name, taken)
  },
}
test.each(Object.keys(free))('a name that %s is noticed', (fault) => {
  expect(() => {
    freeNames(free[fault] ?? freeName)
  }).toThrow()
})

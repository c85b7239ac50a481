// Paths and configurations that are wrong: told before anything runs where they matter, and no obstacle where they do not.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CliProject, failing, passing, witnessed } from './cli-project.ts'

test.each([
  ['/proc/no/such/place.xml', 'its folder cannot be made'],
  ['folder', 'it is a folder'],
  ['package.json/x.xml', 'a part of its folder is a file'],
  ['-', 'muster report --junit -'],
  ['.muster/muster.db', 'where the runs are kept'],
])('a report that cannot go to %s is told before anything runs', async (path, words) => {
  await using project = await CliProject.create({ 'a.test.js': witnessed('ran') })
  await mkdir(join(project.root, 'folder'))
  const { code, stdout, stderr } = await project.muster('run', '--junit', path)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(path === '-' ? 'got       -' : path)
  expect(stderr).toContain('remedy')
  expect(stderr).toContain(words)
  expect(await project.lines('witness')).toEqual([])
})

test('an older report stays as it is until the new one takes its place', async () => {
  await using project = await CliProject.create({
    'a.test.js': `import test from 'node:test'
import { readFileSync, writeFileSync } from 'node:fs'
test('sees', () => { writeFileSync('seen', readFileSync('junit.xml')) })`,
    'junit.xml': 'old',
  })
  expect((await project.muster('run', '--junit', 'junit.xml', '--ctrf', 'new/folder/ctrf.json')).code).toBe(0)
  expect(await project.read('seen')).toBe('old')
  expect(await project.read('junit.xml')).toContain('<testsuites')
  expect(existsSync(join(project.root, 'new/folder/ctrf.json'))).toBe(true)
})

test.each([
  ['passes', '', 2],
  ['fails', `test('no', () => { throw new Error('no') })`, 1],
])('a run that %s is told and kept though its report cannot be written after all', async (_, more, exit) => {
  await using project = await CliProject.create({
    'a.test.js': `import test from 'node:test'
import { mkdirSync } from 'node:fs'
test('is in the way', () => { mkdirSync('out/junit.xml', { recursive: true }) })
${more}`,
  })
  const { code, stdout, stderr } = await project.muster('run', '--junit', 'out/junit.xml')
  expect(code).toBe(exit)
  expect(stdout).toMatch(/task passed|did not pass/)
  expect(stdout).toContain('is kept in')
  expect(stderr).toContain('OUTPUT_UNWRITABLE')
})

test('what only looks back does without a configuration that has a mistake', async () => {
  const sound = `export default { store: 'kept/runs.db' }`
  await using project = await CliProject.create({ 'a.test.js': passing('x'), 'muster.config.mjs': sound })
  expect((await project.muster('run')).code).toBe(0)
  const look = [['report'], ['history'], ['explain', 'a.test.js'], ['replay'], ['history', '--check']]
  await project.write({ 'muster.config.mjs': `export default { store: 'kept/runs.db', retrys: 2 }` })
  for (const words of look) {
    const { code, stdout, stderr } = await project.muster(...words)
    expect([code, words, stdout]).toEqual([0, words, expect.stringMatching(/.../)])
    expect(stderr).toContain('retrys')
    expect(stderr).toContain(join('kept', 'runs.db'))
  }
  expect((await project.muster('run')).code).toBe(2)
  await project.write({ 'muster.config.mjs': 'export default {' })
  for (const words of look) {
    const { code, stderr } = await project.muster(...words, '--store', 'kept/runs.db')
    expect([code, words, stderr]).toEqual([0, words, ''])
  }
  // What deletes must know which file is meant.
  const { code, stderr } = await project.muster('history', '--keep', '0')
  expect([code, stderr]).toEqual([2, expect.stringContaining('CONFIG_UNREADABLE')])
})

test('a task that only the plan knows needs the configuration', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x'), 'muster.config.mjs': 'export default {' })
  const { code, stderr } = await project.muster('explain', 'a.test.js')
  expect([code, stderr]).toEqual([2, expect.stringContaining('CONFIG_UNREADABLE')])
})

test('a repair that saves nothing fails, says what to do and leaves nothing behind', async () => {
  await using project = await CliProject.create({ 'no.db': 'this is no database '.repeat(500) })
  const { code, stdout, stderr } = await project.muster('history', '--repair', '--store', 'no.db')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('no.db')
  expect(stderr).toContain('remedy')
  expect(existsSync(join(project.root, 'no.repaired.db'))).toBe(false)
})

test('a repair overwrites none before it', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x') })
  await project.muster('run')
  expect((await project.muster('history', '--repair')).stdout).toContain('muster.repaired.db')
  expect((await project.muster('history', '--repair')).stdout).toContain('muster.repaired-2.db')
})

test('a database in a place where no folder can be made is told at once', async () => {
  await using project = await CliProject.create({ 'a.test.js': failing('x', 'x') })
  const { code, stderr } = await project.muster('run', '--store', '/proc/no/such/runs.db')
  expect(code).toBe(2)
  expect(stderr).toContain('/proc/no')
  expect(stderr).toContain('Choose another file with --store.')
})

test('a runner of the configuration that throws is the mistake of its author, with the line', async () => {
  await using project = await CliProject.create({
    'muster.config.mjs': `const mine = { name: 'mine', executor: { module: 'file:///x.js', options: {} },
  discover() { throw new TypeError('not mine') } }
export default { runners: [mine] }`,
  })
  const { code, stderr } = await project.muster('run')
  expect([code, stderr]).toEqual([2, expect.stringContaining('runner mine to find its tests')])
  expect(stderr).toContain('TypeError: not mine')
  expect(stderr).toContain('muster.config.mjs:2')
})

test('half of an id is answered with the whole ones', async () => {
  await using project = await CliProject.create({ 'src/cart.test.js': passing('x') })
  const { code, stderr } = await project.muster('explain', 'src/cart')
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean src/cart.test.js?')])
})

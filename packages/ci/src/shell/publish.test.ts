// Documents are written whole or not at all, and every path that failed is named.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunReport } from '@muster/core'
import { readResults } from '@muster/reports'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkPublication, publish } from './publish.ts'

const report: RunReport = {
  version: 1,
  run: 'r1',
  ending: 'finished',
  exit: 'passed',
  exitCode: 0,
  startedAtWallMs: 0,
  durationMs: 5,
  totals: {
    tasks: 1,
    open: 0,
    passed: 1,
    flaky: 0,
    failed: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  },
  cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
  tasks: [{ id: 'a', kind: 'command', verdict: { kind: 'passed' }, attempts: [] }],
}

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster publish ü '))
})
afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

test('every document is written into folders that are created, and nothing else is left', async () => {
  const written = await publish(report, {
    root,
    junit: 'results/deep er/junit.xml',
    json: 'results/report.json',
    ctrf: 'ctrf.json',
    tap: 'out.tap',
    summary: 'summary.md',
  })
  expect(written.map(({ kind }) => kind)).toEqual(['junit', 'json', 'ctrf', 'tap', 'summary'])
  for (const { kind, path } of written) {
    const text = await readFile(path, 'utf8')
    if (kind === 'summary') expect(text).toContain('1 task passed.')
    else expect(readResults(text)).toMatchObject({ format: kind, isComplete: true, cases: [{ path: ['a'] }] })
  }
  const files = await readdir(root, { recursive: true })
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a document takes the place of the one before', async () => {
  await writeFile(join(root, 'junit.xml'), 'old')
  await publish(report, { root, junit: 'junit.xml' })
  expect(await readFile(join(root, 'junit.xml'), 'utf8')).toMatch(/^<\?xml/)
})

test('what can be written is written, and what cannot is named with the reason', async () => {
  await writeFile(join(root, 'file'), '')
  const publishing = publish(report, { root, junit: 'file/junit.xml', json: 'report.json' })
  await expect(publishing).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
  await expect(publishing).rejects.toThrow(/junit at .*junit\.xml: a part of its folder is a file/)
  expect(await readdir(root)).toEqual(['file', 'report.json'])
})

test('a folder in the place of a document stays, and no temporary file is left', async () => {
  await expect(publish(report, { root: join(root, '..'), junit: root })).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  })
  expect(await readdir(root)).toEqual([])
})

test('one path for two documents, and unknown options, are refused before anything is written', async () => {
  await expect(publish(report, { root, junit: 'a', json: './a' })).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
  const misspelt = { root, junitt: 'a' }
  await expect(publish(report, misspelt)).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
  expect(await readdir(root)).toEqual([])
})

test('a path that cannot be written is told before the run, and an older document stays as it is', async () => {
  await writeFile(join(root, 'file'), '')
  await writeFile(join(root, 'junit.xml'), 'old')
  await checkPublication({ root, junit: 'junit.xml', json: 'a/b/report.json' })
  expect(await readFile(join(root, 'junit.xml'), 'utf8')).toBe('old')
  expect((await readdir(root, { recursive: true })).sort()).toEqual(['a', 'a/b', 'file', 'junit.xml'])
  for (const [wrong, because] of [
    ['file/x.xml', 'a part of its folder is a file'],
    ['a', 'it is a folder'],
    ['/proc/no/such/x.xml', 'its folder cannot be made'],
  ] as const) {
    await expect(checkPublication({ root, junit: wrong })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      got: expect.stringContaining(because) as unknown,
    })
  }
  await expect(checkPublication({ root, junit: 'x', tap: './x' })).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
})

test('the page links to files below it and shows pictures that are what was kept', async () => {
  const shot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  await mkdir(join(root, '.muster', 'kept'), { recursive: true })
  const artifacts = await Promise.all(
    ['shot.png', 'changed.png', 'gone.png'].map(async (name, at) => {
      const path = join('.muster', 'kept', name)
      if (at < 2) await writeFile(join(root, path), at === 0 ? shot : Buffer.concat([shot, Buffer.from('x')]))
      const sha256 = at === 1 ? 'ab'.repeat(32) : createHash('sha256').update(shot).digest('hex')
      return { name, path, contentType: 'image/png', bytes: shot.length, sha256 }
    }),
  )
  const ending = { kind: 'ended' as const, outcome: { result: 'failed' as const, durationMs: 1, artifacts } }
  const attempts = [{ n: 1, worker: 'w', launchedAtMs: 0, closedAtMs: 1, ending }]
  const tasks = [{ id: 'a', kind: 'command', verdict: { kind: 'failed' as const }, attempts }]
  await publish({ ...report, tasks }, { root, projectRoot: root, html: '.muster/report.html' })
  const page = await readFile(join(root, '.muster', 'report.html'), 'utf8')
  expect(page).toContain('"link":"./kept/shot.png"')
  expect(page.match(/data:image\/png;base64,[^"]*/g)).toEqual([`data:image/png;base64,${shot.toString('base64')}`])
})

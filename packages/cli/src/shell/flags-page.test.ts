// The guide's table of flags and the catalogue that the parser reads are one list: a flag that no guide names is not found.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../arguments/command-line.ts'

test('the guide has every flag of `muster run` with its value, in the order of the help, and no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guide/command-line.md'), 'utf8')
  const [, table = ''] = /\n## The flags of a run\n(.*?)\n## /s.exec(guide) ?? []
  const named = [...table.matchAll(/^\| (`--[^|]*(?:\\\|[^|]*)*?) *\| \S/gm)].map(([, flag = '']) =>
    flag.replaceAll('\\|', '|').trim(),
  )
  const run = commands.find(({ name }) => name === 'run')
  const flags = run?.flags.map(({ name, short, value }) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`
    return short === undefined ? `\`${long}\`` : `\`${long}\`, \`-${short}\``
  })
  expect(named).toEqual(flags)
})

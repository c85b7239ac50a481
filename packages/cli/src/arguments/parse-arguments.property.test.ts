import { exitCodeTable } from '@muster/ci'
import { nearestName } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commands, exitCodeHelp } from './command-line.ts'
import { parseArguments } from './parse-arguments.ts'
import { renderCommandHelp, renderMainHelp } from './render-help.ts'

const parse = (...args: readonly string[]): ReturnType<typeof parseArguments> => parseArguments(args, nearestName)
const command = fc.constantFrom(...commands)
const value = fc.string().filter((text) => !text.startsWith('-'))

test('whatever is typed is understood or refused with what was expected; nothing throws', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('run', 'plan', '--help', '-h', '--', '-x', '--json=1', '--retry', '--slots=2', '-1'),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (args) => {
      const parsed = parse(...args)
      if (parsed.kind === 'misuse')
        for (const part of [parsed.expected, parsed.got, parsed.remedy]) expect(part).not.toBe('')
    }),
  )
})

test('each flag of each command is read, as two words and as one', () => {
  fc.assert(
    fc.property(command, value, (given, text) => {
      const words = Array.from({ length: given.fewestWords ?? 0 }, () => 'w')
      for (const flag of given.flags) {
        if (flag.name === 'help') continue
        const forms =
          flag.value === undefined ? [[`--${flag.name}`]] : [[`--${flag.name}`, text], [`--${flag.name}=${text}`]]
        for (const form of forms) {
          const parsed = parse(given.name, ...words, ...form)
          expect(parsed.kind).toBe('invoke')
          if (parsed.kind !== 'invoke') continue
          expect(parsed.invocation.words).toEqual(words)
          if (flag.value === undefined) expect([...parsed.invocation.on]).toEqual([flag.name])
          else expect(parsed.invocation.values).toEqual({ [flag.name]: text })
        }
      }
    }),
  )
})

test('after two dashes everything is a word', () => {
  const parsed = parse('run', '--json', '--', '--retry', '-x')
  expect(parsed).toMatchObject({ kind: 'invoke', invocation: { words: ['--retry', '-x'] } })
})

test.each([
  [['rnu'], 'Did you mean `muster run`?'],
  [['run', '--retri', '2'], 'Did you mean --retry?'],
  [['explain'], 'Use `muster explain TASK`; see `muster explain --help`.'],
  [['init', 'x'], 'Use `muster init`; see `muster init --help`.'],
  [['history', 'recovery', 'x'], 'Use `muster history [recovery]`; see `muster history --help`.'],
  [['run', '--retry'], 'Write --retry N, or --retry=N.'],
  [['run', '--retry', '--json'], 'Write --retry N, or --retry=N.'],
  [['run', '--json=1'], 'Write --json alone.'],
  [['run', '--keep', '3'], 'That flag belongs to `muster history`; see `muster run --help`.'],
  [['--json', 'run'], 'Write the command first, such as `muster run`; see `muster --help`.'],
])('%j is refused with a remedy', (args, remedy) => {
  expect(parse(...args)).toMatchObject({ kind: 'misuse', remedy })
})

test('help is asked for in every usual way', () => {
  for (const args of [[], ['help'], ['--help'], ['-h']]) expect(parse(...args).kind).toBe('help')
  for (const args of [
    ['run', '--help'],
    ['help', 'run'],
    ['run', 'x', '-h'],
  ])
    expect(parse(...args).kind).toBe('command-help')
})

test('help names every command and every flag, within a hundred columns', () => {
  const main = renderMainHelp('1.0.0')
  for (const each of commands) {
    expect(main).toContain(`  ${each.name}`)
    const help = renderCommandHelp(each)
    for (const { name } of each.flags) expect(help).toContain(`--${name}`)
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  }
})

test('help names the exit codes there are', () => {
  expect(exitCodeHelp.map(([code]) => Number(code))).toEqual(exitCodeTable.map(({ code }) => code))
})

// Help as text. It is written for 80 columns, the narrowest that terminals usually are, and needs none.
import { type CommandDefinition, commands, exitCodeHelp, type FlagDefinition } from './command-line.ts'

/** The help of `muster` itself. */
export function renderMainHelp(version: string): string {
  return [
    ...wrapWords(
      `Muster ${version}: runs test work, knows what depends on what, survives being killed, learns from every result.`,
      lineColumns,
    ),
    '',
    'Usage: muster COMMAND [options]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, words, summary }) => [words === undefined ? name : `${name} ${words}`, summary])),
    '',
    'Options:',
    ...columns([
      ['-h, --help', 'Show this text; after a command, the help of that command'],
      ['--version', 'Show the version'],
    ]),
    '',
    'Exit codes:',
    ...columns(exitCodeHelp),
    '',
  ].join('\n')
}

/** The help of one command. */
export function renderCommandHelp(command: CommandDefinition): string {
  const usage = ['muster', command.name, ...(command.words === undefined ? [] : [command.words]), '[options]'].join(' ')
  return [
    `${command.summary}.`,
    '',
    `Usage: ${usage}`,
    '',
    ...(command.details.length === 0 ? [] : [...wrapWords(command.details.join(' '), lineColumns), '']),
    'Options:',
    ...columns(command.flags.map((flag) => [flagUsage(flag), flag.description])),
    '',
    'Examples:',
    ...columns(command.examples),
    '',
  ].join('\n')
}

function flagUsage({ name, short, value }: FlagDefinition): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`
  return short === undefined ? long : `-${short}, ${long}`
}

const lineColumns = 80

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(40, Math.max(...rows.map(([left]) => left.length)))
  return rows.flatMap(([left, right]) => {
    const indent = ' '.repeat(width + 4)
    const [first = '', ...rest] = wrapWords(right, lineColumns - indent.length)
    const head = left.length > width ? [`  ${left}`, indent + first] : [`  ${left.padEnd(width)}  ${first}`]
    return [...head, ...rest.map((line) => indent + line)]
  })
}

function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

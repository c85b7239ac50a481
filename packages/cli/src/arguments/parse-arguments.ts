// Reads the words after `muster`. Whatever does not fit is a value that says what was expected, what was got and which name
// is nearest, so that nothing is ever silently ignored.
import { type CommandDefinition, commands, type FlagDefinition } from './command-line.ts'

/** A command with what was given to it. */
export interface Invocation {
  readonly command: CommandDefinition
  readonly words: readonly string[]
  /** Values by the flag's name; the last one counts. */
  readonly values: Readonly<Record<string, string>>
  /** Names of the flags that are on. */
  readonly on: ReadonlySet<string>
}

/** What was meant. */
export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'command-help'; readonly command: CommandDefinition }
  | { readonly kind: 'version' }
  | { readonly kind: 'invoke'; readonly invocation: Invocation }
  | { readonly kind: 'misuse'; readonly expected: string; readonly got: string; readonly remedy: string }

/** Finds the nearest of some names, or none; passed in, because the words of help must load nothing. */
export type NearestName = (given: string, names: readonly string[]) => string | undefined

/** Reads the arguments. */
export function parseArguments(args: readonly string[], nearest: NearestName): ParsedArguments {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return helpFor(rest[0], nearest)
  if (name === '--version' || name === '-v' || name === '-V') return { kind: 'version' }
  const command = commands.find((each) => each.name === name)
  if (command === undefined) return unknownCommand(name, nearest)
  return parseRest(command, rest, nearest)
}

function helpFor(name: string | undefined, nearest: NearestName): ParsedArguments {
  if (name === undefined || name.startsWith('-')) return { kind: 'help' }
  const command = commands.find((each) => each.name === name)
  return command === undefined ? unknownCommand(name, nearest) : { kind: 'command-help', command }
}

function unknownCommand(given: string, nearest: NearestName): ParsedArguments {
  const names = commands.map(({ name }) => name)
  if (given.startsWith('-')) {
    return {
      kind: 'misuse',
      expected: `a command (${names.join(', ')}) before any flag`,
      got: given,
      remedy: 'Write the command first, such as `muster run`; see `muster --help`.',
    }
  }
  const near = nearest(given, names)
  const remedy = near === undefined ? 'See `muster --help`.' : `Did you mean \`muster ${near}\`?`
  return { kind: 'misuse', expected: `one of the commands ${names.join(', ')}`, got: shown(given), remedy }
}

function parseRest(command: CommandDefinition, args: readonly string[], nearest: NearestName): ParsedArguments {
  const words: string[] = []
  const values: Record<string, string> = {}
  const on = new Set<string>()
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    const given = readFlag(arg)
    if (given === undefined) {
      words.push(arg)
      continue
    }
    const flag = command.flags.find((each) => each.name === given.name || each.short === given.name)
    if (flag === undefined) return unknownFlag(command, arg, given.name, nearest)
    if (flag.value === undefined) {
      if (given.value !== undefined) return needsNoValue(flag, given.value)
      on.add(flag.name)
      continue
    }
    const value = given.value ?? args[++at]
    if (value === undefined || (given.value === undefined && isFlagOf(command, value))) return needsValue(flag, value)
    values[flag.name] = value
  }
  if (on.has('help')) return { kind: 'command-help', command }
  return checkWords({ command, words, values, on })
}

function checkWords(invocation: Invocation): ParsedArguments {
  const { command, words } = invocation
  const { mostWords = 0, fewestWords = 0 } = command
  const usage = `muster ${command.name}${command.words === undefined ? '' : ` ${command.words}`}`
  const remedy = `Use \`${usage}\`; see \`muster ${command.name} --help\`.`
  if (words.length < fewestWords) {
    return {
      kind: 'misuse',
      expected: `${command.words ?? 'a word'} after \`muster ${command.name}\``,
      got: 'nothing',
      remedy,
    }
  }
  if (words.length > mostWords) {
    const expected =
      mostWords === 0 ? `only flags after \`muster ${command.name}\`` : `at most ${String(mostWords)} word`
    return { kind: 'misuse', expected, got: words.slice(mostWords).map(shown).join(' '), remedy }
  }
  return { kind: 'invoke', invocation }
}

interface GivenFlag {
  readonly name: string
  readonly value: string | undefined
}

/** `--name`, `--name=value` or `-x`; a lone dash, and a negative number, are words. */
function readFlag(arg: string): GivenFlag | undefined {
  const [, long, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? []
  if (long !== undefined) return { name: long, value }
  const [, short] = /^-([A-Za-z])$/.exec(arg) ?? []
  return short === undefined ? undefined : { name: short, value: undefined }
}

/** A value that is a flag of this very command was most likely forgotten. */
function isFlagOf(command: CommandDefinition, value: string): boolean {
  const given = readFlag(value)
  return given !== undefined && command.flags.some(({ name, short }) => name === given.name || short === given.name)
}

function unknownFlag(command: CommandDefinition, arg: string, name: string, nearest: NearestName): ParsedArguments {
  const names = command.flags.map((flag) => flag.name)
  const near = nearest(name, names)
  const other = commands.find((each) => each.flags.some((flag) => flag.name === name))
  const remedy =
    near !== undefined
      ? `Did you mean --${near}?`
      : other !== undefined
        ? `That flag belongs to \`muster ${other.name}\`; see \`muster ${command.name} --help\`.`
        : `See \`muster ${command.name} --help\`.`
  return { kind: 'misuse', expected: `a flag of \`muster ${command.name}\``, got: arg, remedy }
}

function needsNoValue({ name }: FlagDefinition, value: string): ParsedArguments {
  return {
    kind: 'misuse',
    expected: `--${name} without a value`,
    got: `--${name}=${value}`,
    remedy: `Write --${name} alone.`,
  }
}

function needsValue({ name, value: word = 'VALUE' }: FlagDefinition, got: string | undefined): ParsedArguments {
  return {
    kind: 'misuse',
    expected: `a value after --${name}`,
    got: got ?? 'nothing',
    remedy: `Write --${name} ${word}, or --${name}=${word}.`,
  }
}

function shown(word: string): string {
  return word === '' ? 'an empty word' : word
}

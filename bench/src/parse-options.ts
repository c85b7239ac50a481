// Reads `NAME [--json] [--data DIR] [--seed N] [--plant FAULT] [options of the benchmark]`.

/** The command line of the benchmarks, read. */
export interface BenchOptions {
  readonly name: string | undefined
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly data: string | undefined
  readonly seed: number
  readonly plant: string | undefined
  readonly own: Readonly<Record<string, string | true>>
}

/** The options, or what is wrong with them. */
export function parseOptions(args: readonly string[]): BenchOptions | { readonly problem: string } {
  const named: Record<string, string | true> = {}
  const words: string[] = []
  const waiting = [...args]
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    const [, option, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? []
    if (option === undefined) words.push(arg)
    else if (value !== undefined) named[option] = value
    else if (switches.has(option) || waiting[0] === undefined || waiting[0].startsWith('--')) named[option] = true
    else named[option] = waiting.shift() ?? true
  }
  const { help, json, data, seed = '1', plant, ...own } = named
  if (words.length > 1) return { problem: `Expected one benchmark, got ${words.join(', ')}.` }
  if (data === true || plant === true) return { problem: 'Expected a value after `--data` and `--plant`.' }
  if (!/^\d+$/.test(String(seed))) return { problem: `Expected \`--seed\` to be a whole number, got ${seed}.` }
  return {
    name: words[0],
    isHelp: help !== undefined,
    isJson: json !== undefined,
    data,
    seed: Number(seed),
    plant,
    own,
  }
}

/** Options that never take the next word as their value. */
const switches: ReadonlySet<string> = new Set(['help', 'json', 'hostile', 'matrix', 'leaks', 'busy', 'power', 'clock'])

// Every command and flag of `muster` as plain data: help, parsing, completion of typos and the docs read the same list.
// It loads nothing, because `--help` and `--version` must answer at once.

/** A flag. */
export interface FlagDefinition {
  readonly name: string
  readonly short?: string | undefined
  /** What its value stands for; absent for a flag that is on or off. */
  readonly value?: string | undefined
  readonly description: string
}

/** A command. */
export interface CommandDefinition {
  readonly name: string
  readonly summary: string
  /** Words after the command, as help shows them. */
  readonly words?: string | undefined
  /** Most words after the command. @defaultValue `0` */
  readonly mostWords?: number | undefined
  /** Fewest words after the command. @defaultValue `0` */
  readonly fewestWords?: number | undefined
  /** Sentences below the usage. */
  readonly details: readonly string[]
  readonly flags: readonly FlagDefinition[]
  readonly examples: readonly (readonly [string, string])[]
}

const helpFlag: FlagDefinition = { name: 'help', short: 'h', description: 'Show this text' }
const verboseFlag: FlagDefinition = {
  name: 'verbose',
  description: 'Show the stacks of errors',
}
const rootFlag: FlagDefinition = {
  name: 'root',
  value: 'DIR',
  description: 'Project root (default: the working directory)',
}
const configFlag: FlagDefinition = {
  name: 'config',
  value: 'FILE',
  description: 'Configuration file (default: muster.config.* in the root)',
}
const storeFlag: FlagDefinition = {
  name: 'store',
  value: 'FILE',
  description: 'Database file (default: .muster/muster.db in the root)',
}
const jsonFlag: FlagDefinition = { name: 'json', description: 'Print JSON on standard output and nothing else' }

const everywhere: readonly FlagDefinition[] = [rootFlag, configFlag, storeFlag, verboseFlag, helpFlag]

/** Of commands that show a run, which can be shown in more detail. */
const everywhereOfRuns: readonly FlagDefinition[] = everywhere.map((flag) =>
  flag === verboseFlag ? { ...flag, description: 'Show every case, and the stacks of errors' } : flag,
)

const pageFlags: readonly FlagDefinition[] = [
  { name: 'html', value: 'FILE', description: 'Write the report as one HTML page' },
  { name: 'trace', value: 'FILE', description: 'Write the timeline as a Chrome trace, for Perfetto' },
  { name: 'markdown', value: 'FILE', description: 'Write Markdown for the summary of a CI job' },
]
const reportFlags: readonly FlagDefinition[] = [
  { name: 'junit', value: 'FILE', description: 'Write a JUnit XML report' },
  { name: 'report-json', value: 'FILE', description: 'Write the whole report as JSON' },
  { name: 'ctrf', value: 'FILE', description: 'Write a CTRF report' },
  { name: 'tap', value: 'FILE', description: 'Write the report as TAP' },
  ...pageFlags,
]

const showFlags: readonly FlagDefinition[] = [
  { name: 'quiet', short: 'q', description: 'Show failures and the summary only' },
  { name: 'reporter', value: 'NAME', description: 'board, plain or json (default: board on a terminal, else plain)' },
  { name: 'json', description: 'Print every event as a line of JSON on standard output and nothing else' },
  ...reportFlags,
  { name: 'fail-on-flaky', description: 'Exit with 1 when a task was flaky' },
]

const planFlags: readonly FlagDefinition[] = [
  {
    name: 'slots',
    value: 'N|HOW',
    description: 'Attempts at a time: a number, simple, max-parallel, resource-aware, deadline-based or adaptive',
  },
  {
    name: 'strategy',
    value: 'NAME',
    description:
      'auto, fifo, longest-first, largest-first, hedged-longest-first, critical-path-first, resource-fit, backfill, deadline, least-slack or deadline-aware (default: auto)',
  },
  { name: 'deadline', value: 'MS', description: 'Cancel the run after so many milliseconds (also 90s, 10m, 1h)' },
  { name: 'no-cache', description: 'Ask the runners anew for their tests, and keep nothing of what they answer' },
]

const isolationFlag: FlagDefinition = {
  name: 'isolation',
  value: 'HOW',
  description: 'process, or thread for runners that allow it (default: process)',
}

/** All commands, in the order of the help. */
export const commands: readonly CommandDefinition[] = [
  {
    name: 'run',
    summary: 'Run the tests, remember the results',
    words: '[SELECTION…]',
    mostWords: Infinity,
    details: [
      'Finds Vitest and node:test by itself; muster.config.ts adds tasks, dependencies and rules.',
      'A selection names tasks, files, folders, globs or tags (tag:slow); +NAME takes in what it depends on, NAME+ what',
      'depends on it, !NAME leaves out, and FILE:LINE runs the test at that line.',
    ],
    flags: [
      ...planFlags,
      isolationFlag,
      { name: 'retry', value: 'N', description: 'Try a failed task again, up to N attempts in all' },
      { name: 'timeout', value: 'MS', description: 'Time limit of one attempt (also 90s, 10m; default: none)' },
      { name: 'max-failures', value: 'N', description: 'Start nothing more after N failed tasks' },
      { name: 'fail-fast', description: 'As --max-failures 1' },
      {
        name: 'seed',
        value: 'N',
        description: 'Make two runs roll the same dice for the delays of retries and breakers',
      },
      { name: 'name', value: 'TEXT', description: 'Name of the project in the history' },
      ...showFlags,
      ...everywhereOfRuns,
    ],
    examples: [
      ['muster run', 'everything'],
      ['muster run src/parser --retry 2', 'one folder, a failed file tried once more'],
      ["muster run '+e2e/**' --junit junit.xml", 'the end-to-end tests with what they depend on'],
    ],
  },
  {
    name: 'plan',
    summary: 'Show what would run, in which order, without running it',
    words: '[SELECTION…]',
    mostWords: Infinity,
    details: ['Expected times come from the history; where nothing is known, none is shown.'],
    flags: [
      ...planFlags,
      { ...jsonFlag, description: 'Print the plan as JSON' },
      { name: 'mermaid', description: 'Print the graph as a Mermaid diagram' },
      { name: 'dot', description: 'Print the graph in the DOT language' },
      { name: 'shards', value: 'N', description: 'Split the tasks into N shards for machines of a CI matrix' },
      { name: 'shard', value: 'I', description: 'Print the ids of this shard alone, from 1 up, a line each' },
      { name: 'split-by', value: 'HOW', description: 'duration, hash or slice (default: duration)' },
      ...everywhere,
    ],
    examples: [
      ['muster plan', 'the table'],
      ['muster plan --mermaid > graph.mmd', 'a picture'],
    ],
  },
  {
    name: 'explain',
    summary: 'Say why a task is where it is',
    words: 'TASK',
    fewestWords: 1,
    mostWords: 1,
    details: ['Looks in the newest run; where there is none, in the plan.'],
    flags: [
      { name: 'run', value: 'RUN', description: 'Look in this run (default: the newest)' },
      jsonFlag,
      ...everywhere,
    ],
    examples: [['muster explain e2e/login.test.ts', 'what it waited for, what became of it']],
  },
  {
    name: 'failures',
    summary: 'Show the failures of a run by cause',
    words: '[RUN]',
    mostWords: 1,
    details: [
      'Failures with one cause are one entry, whatever tests and workers they hit; what only followed from a fault is filed',
      'under it, and a worker on which nearly everything failed is named instead of its tests. Without RUN the newest one.',
    ],
    flags: [{ ...jsonFlag, description: 'Print the groups as JSON' }, ...everywhere],
    examples: [['muster failures', 'what broke in the newest run, and whether it is new']],
  },
  {
    name: 'classify',
    summary: 'Say what went wrong in a log, whose fault it is and what to do',
    words: 'FILE',
    fewestWords: 1,
    mostWords: 1,
    details: [
      'Reads a log of any tool, or standard input where FILE is -, and names the category, the rule that told it, the line',
      'it rests on and what to do. The rules of muster.config.* speak first.',
    ],
    flags: [
      { name: 'exit-code', value: 'N', description: 'The exit code that came with the log' },
      { name: 'signal', value: 'NAME', description: 'The signal that ended the process' },
      jsonFlag,
      ...everywhere,
    ],
    examples: [
      ['muster classify build.log', 'why it failed'],
      ['npm test 2>&1 | muster classify - --json', 'for a program'],
    ],
  },
  {
    name: 'inspect',
    summary: 'Look into a run that is going on, from another terminal',
    words: '[RUN]',
    mostWords: 1,
    details: [
      'Shows what each worker runs and since when, what waits and why, and what has failed so far. The run is not disturbed.',
      'Without RUN the newest one that is open, else the newest. Says so where nobody drives the run any more.',
    ],
    flags: [
      { name: 'watch', short: 'w', description: 'Look again every second until the run is over' },
      { ...jsonFlag, description: 'Print what is known as a line of JSON; with --watch one for each look' },
      ...everywhere,
    ],
    examples: [['muster inspect --watch', 'follow the run of another terminal']],
  },
  {
    name: 'resume',
    summary: 'Go on with a run that was interrupted or killed',
    words: '[RUN]',
    mostWords: 1,
    details: ['Finished work is not repeated. Without RUN the newest run that is open or interrupted is taken.'],
    flags: [
      { name: 'take-over', description: 'Take the run even though its owner seems alive' },
      { name: 'slots', value: 'N|HOW', description: 'Attempts at a time, as for run' },
      isolationFlag,
      ...showFlags,
      ...everywhereOfRuns,
    ],
    examples: [['muster resume', 'the newest one']],
  },
  {
    name: 'replay',
    summary: "Check a run's journal against today's decisions",
    words: '[RUN]',
    mostWords: 1,
    details: ['Says that they are identical, or names the first entry that would be written differently.'],
    flags: [
      {
        name: 'strategy',
        value: 'NAME',
        description: 'Decide by this one instead (default: the one that the run was decided by)',
      },
      jsonFlag,
      ...everywhere,
    ],
    examples: [['muster replay', 'the newest run']],
  },
  {
    name: 'what-if',
    summary: 'Try a past run under another strategy, or with more slots',
    words: '[RUN]',
    mostWords: 1,
    details: [
      'Decides the run anew with the outcomes and times that were recorded; nothing is run. Without RUN the newest one.',
    ],
    flags: [
      { name: 'strategy', value: 'NAME', description: 'Strategy to try (default: the one the run was decided by)' },
      { name: 'slots', value: 'N', description: 'Attempts at a time on each worker (default: as it was)' },
      jsonFlag,
      ...everywhere,
    ],
    examples: [['muster what-if --strategy longest-first --slots 8', 'the newest run']],
  },
  {
    name: 'simulate',
    summary: 'Try the runs of the last month under each strategy',
    words: '',
    mostWords: 0,
    details: [
      'Decides every kept run anew under each strategy, with the outcomes and times that were recorded; nothing is run.',
    ],
    flags: [
      { name: 'strategy', value: 'NAMES', description: 'Strategies to try, parted by commas (default: all)' },
      { name: 'days', value: 'N', description: 'How far to look back (default: 30)' },
      { name: 'limit', value: 'N', description: 'Runs to try, the newest first (default: 200)' },
      { name: 'slots', value: 'N', description: 'Attempts at a time on each worker (default: as it was)' },
      jsonFlag,
      ...everywhere,
    ],
    examples: [
      ['muster simulate', 'the last month under each strategy'],
      ['muster simulate --strategy fifo,longest-first --slots 8', 'two of them, with eight slots'],
    ],
  },
  {
    name: 'history',
    summary: 'List past runs; look after the database',
    words: '[recovery]',
    mostWords: 1,
    details: ['With `recovery`: which retries helped after which failures, and what they took.'],
    flags: [
      { name: 'task', value: 'TASK', description: 'Durations and record of one task instead' },
      { name: 'limit', value: 'N', description: 'Runs to list (default: 20)' },
      { name: 'check', description: 'Check the database for damage' },
      { name: 'repair', description: 'Save what can be read of a damaged database into a new file' },
      {
        name: 'keep',
        value: 'N',
        description:
          'Delete all but the newest N runs; what was learned from them stays, and the file does not shrink: the space is used again',
      },
      { name: 'yes', description: 'Let --keep 0 delete every run that is over' },
      jsonFlag,
      ...everywhere,
    ],
    examples: [
      ['muster history', 'the newest runs'],
      ['muster history --task src/a.test.ts', 'how long it takes, how often it fails'],
      ['muster history --keep 100', 'delete older runs'],
      ['muster history recovery', 'what helped'],
    ],
  },
  {
    name: 'report',
    summary: 'Show the report of a past run, or write it to files',
    words: '[RUN]',
    mostWords: 1,
    details: ['Without RUN the newest one.'],
    flags: [
      { name: 'junit', value: 'FILE', description: 'Write a JUnit XML report' },
      { name: 'json', value: 'FILE', description: 'Write the whole report as JSON' },
      { name: 'report-json', value: 'FILE', description: 'The same, by the name that it has in muster run' },
      { name: 'ctrf', value: 'FILE', description: 'Write a CTRF report' },
      { name: 'tap', value: 'FILE', description: 'Write the report as TAP' },
      ...pageFlags,
      ...everywhere,
    ],
    examples: [
      ['muster report', 'the summary of the newest run'],
      ['muster report --html report.html', 'for people'],
      ['muster report --junit junit.xml', 'for a CI server'],
      ['muster report --json -', 'to standard output'],
    ],
  },
  {
    name: 'init',
    summary: 'Write a configuration for what is found here',
    details: ['Never overwrites a file.'],
    flags: [
      { name: 'schema', description: 'Print the JSON Schema of the configuration instead' },
      rootFlag,
      verboseFlag,
      helpFlag,
    ],
    examples: [['muster init', 'writes muster.config.ts']],
  },
]

/** Exit codes, as help shows them. */
export const exitCodeHelp: readonly (readonly [string, string])[] = [
  ['0', 'passed'],
  ['1', 'failed'],
  ['2', 'misuse: a wrong flag, configuration or graph'],
  ['3', 'internal error: a bug in Muster'],
  ['4', 'nothing ran'],
  ['130', 'interrupted'],
]

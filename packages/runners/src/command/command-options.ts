// The options of the command runner. They name programs and arguments, never a line for a shell, so that a file called
// `a; rm -rf b` is a file name.
import type { Resolved, TaskDefinition } from '@muster/core'
import { z } from 'zod'

/** Where the test cases of a command are read from. */
export interface ResultsFile {
  /** Path of the file that the command writes: JUnit, CTRF or TAP, told apart by content. Placeholders as in `argv`. */
  readonly file: string
}

/** TAP that the command prints. */
export interface ResultsPrinted {
  readonly printed: 'tap'
}

/** How a command is asked for its cases one by one, for when it ends before it has reported them all. */
export interface CommandCases {
  /** Program and arguments that print the names of the cases, one a line. Placeholders as in `argv`. */
  readonly list: readonly string[]
  /** Program and arguments that run the case `{case}` alone and report it as `results` says. */
  readonly run: readonly string[]
}

/** One command of its own, with everything that a task may have. */
export interface CommandTask extends Omit<TaskDefinition, 'kind' | 'payload'> {
  /** Program and arguments. @defaultValue `argv` of the runner */
  readonly argv?: readonly string[] | undefined
  /** @defaultValue `results` of the runner */
  readonly results?: string | ResultsFile | ResultsPrinted | undefined
  /** @defaultValue `cases` of the runner */
  readonly cases?: CommandCases | undefined
  /** Working folder, relative to the root. @defaultValue `cwd` of the runner */
  readonly cwd?: string | undefined
  /** Added to `env` of the runner. @defaultValue nothing */
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** How commands are found and run. Placeholders in `argv`, `results` and `env`: `{file}`, `{task}`, `{slug}`, `{n}`. */
export interface CommandOptions {
  /** The kind of its tasks; two command runners in one run need two names. @defaultValue `'command'` */
  readonly name?: string | undefined
  /** Commands written out one by one. @defaultValue none */
  readonly tasks?: readonly CommandTask[] | undefined
  /** Globs relative to the root: each file found becomes a task. @defaultValue none */
  readonly files?: readonly string[] | undefined
  /**
   * Program and arguments, started without a shell. `{file}` stands for the task's file relative to the working folder,
   * `{task}` for its id, `{slug}` for a form of the id that suits file names, `{n}` for the number of the attempt.
   */
  readonly argv?: readonly string[] | undefined
  /**
   * Where the cases are read from: the path of a file that the command writes, relative to its working folder, or
   * `{ printed: 'tap' }` for TAP on its standard output.
   * @defaultValue nowhere: the exit code alone decides
   */
  readonly results?: string | ResultsFile | ResultsPrinted | undefined
  /**
   * How single cases are run. With it, a case that ends the command, or keeps it until its time is over, takes only itself:
   * the cases without a result are run one by one. A listed name is that of a reported case where it is its title, or its
   * titles joined by ` > `, spaces or `::`.
   * @defaultValue not at all: what was not reported is lost with the command
   */
  readonly cases?: CommandCases | undefined
  /** Working folder, relative to the root. @defaultValue the root */
  readonly cwd?: string | undefined
  /** Variables to set for the command. @defaultValue nothing */
  readonly env?: Readonly<Record<string, string>> | undefined
}

const argv = z.array(z.string()).min(1, 'expected a program and its arguments')
const results = z.union([
  z
    .string()
    .min(1)
    .transform((file) => ({ file })),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ printed: z.literal('tap') }),
])
const cases = z.strictObject({ list: argv, run: argv })
const env = z.record(z.string(), z.string())

/** A task's own fields after the door; what else a task may have is for the graph to judge. */
export interface ParsedCommandTask extends Omit<CommandTask, 'results'> {
  readonly results?: ResultsFile | ResultsPrinted | undefined
}

/** The options after the door. */
export interface ParsedCommandOptions extends Omit<Resolved<CommandOptions>, 'tasks' | 'argv' | 'results' | 'cases'> {
  readonly tasks: readonly ParsedCommandTask[]
  readonly argv?: readonly string[] | undefined
  readonly results?: ResultsFile | ResultsPrinted | undefined
  readonly cases?: CommandCases | undefined
}

const task: z.ZodType<ParsedCommandTask, CommandTask> = z.looseObject({
  id: z.string().min(1),
  file: z.string().optional(),
  argv: argv.optional(),
  results: results.optional(),
  cases: cases.optional(),
  cwd: z.string().optional(),
  env: env.optional(),
})

export const commandOptions: z.ZodType<ParsedCommandOptions, CommandOptions> = z
  .strictObject({
    name: z.string().min(1).default('command'),
    tasks: z.array(task).default([]),
    files: z.array(z.string()).default([]),
    argv: argv.optional(),
    results: results.optional(),
    cases: cases.optional(),
    cwd: z.string().default('.'),
    env: env.default({}),
  })
  .superRefine(({ tasks, files, argv: shared, results: sharedResults, cases: sharedCases }, context) => {
    const unread = 'expected `results` beside it: without them no case is told from another'
    if (sharedCases !== undefined && sharedResults === undefined) {
      context.addIssue({ code: 'custom', path: ['cases'], message: unread })
    }
    tasks.forEach((one, at) => {
      if (one.cases !== undefined && (one.results ?? sharedResults) === undefined)
        context.addIssue({ code: 'custom', path: ['tasks', at, 'cases'], message: unread })
    })
    if (tasks.length === 0 && files.length === 0) {
      context.addIssue({ code: 'custom', message: 'expected `tasks` or `files`, else there is nothing to run' })
    }
    if (shared !== undefined) return
    if (files.length > 0) {
      context.addIssue({ code: 'custom', path: ['argv'], message: 'expected a program to run for each of `files`' })
    }
    tasks.forEach(({ argv: own }, at) => {
      const message = 'expected a program to run, here or for the whole runner'
      if (own === undefined) context.addIssue({ code: 'custom', path: ['tasks', at, 'argv'], message })
    })
  })

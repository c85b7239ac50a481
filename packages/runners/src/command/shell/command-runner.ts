// Makes tasks of commands: those written out, and one for each file that a glob finds.
import type { DiscoverRequest, Discovery, Runner, TaskDefinition } from '@muster/core'
import { parseOptions } from '@muster/core'
import picomatch from 'picomatch'
import { selectionOf, type Selection } from '../../files/selection.ts'
import { walkFiles } from '../../files/shell/walk-files.ts'
import { moduleOf } from '../../package/shell/module-of.ts'
import {
  commandOptions,
  type CommandOptions,
  type ParsedCommandOptions,
  type ParsedCommandTask,
} from '../command-options.ts'
import type { CommandPayload } from '../command-payload.ts'

/**
 * Runs any command as a task: exit code 0 is passed, and where the command writes or prints results, its test cases count
 * as well.
 *
 * @example
 * ```ts
 * command({ files: ['checks/*.sh'], argv: ['sh', '{file}'] })
 * command({ tasks: [{ id: 'types', argv: ['tsc', '--noEmit'] }] })
 * command({ files: ['tests/test_*.py'], argv: ['pytest', '{file}', '--junitxml', 'out/{slug}.xml'], results: 'out/{slug}.xml' })
 * ```
 */
export function command(options: CommandOptions): Runner {
  const parsed = parseOptions(commandOptions, options, 'options of the command runner')
  return {
    name: parsed.name,
    discover: async (request) => discover(parsed, request),
    executor: { module: moduleOf(import.meta.url, 'command/shell/executor'), options: { kind: parsed.name } },
  }
}

function discover(options: ParsedCommandOptions, request: DiscoverRequest): Discovery {
  request.signal.throwIfAborted()
  const selection = selectionOf(request.select)
  const written = options.tasks.filter((task) => isSelected(task, selection, request.select.length > 0))
  const found = options.files.length === 0 ? [] : filesOf(request.root, options.files).filter(selection.has)
  const tasks = [
    ...written.map((task) => taskOf(task, options)),
    ...found.map((file) => taskOf({ id: file, file }, options)),
  ]
  return {
    tasks,
    warnings: selection
      .wordsWithLine(tasks.map(({ id, file = id }) => file))
      .map((word) => `${options.name}: a command runs whole files; the line in ${word} is ignored.`),
  }
}

/** A task without a file is selected by its id alone. */
function isSelected(task: ParsedCommandTask, selection: Selection, isAsked: boolean): boolean {
  return !isAsked || selection.has(task.id) || (task.file !== undefined && selection.has(task.file))
}

function filesOf(root: string, globs: readonly string[]): readonly string[] {
  return walkFiles(root, picomatch([...globs], { dot: true }))
}

function taskOf(task: ParsedCommandTask, options: ParsedCommandOptions): TaskDefinition<CommandPayload> {
  const { argv = options.argv ?? [], results = options.results, cases = options.cases, env, ...rest } = task
  const { cwd = options.cwd, ...definition } = rest
  const payload = {
    argv,
    cwd,
    env: { ...options.env, ...env },
    ...(results === undefined ? {} : { results }),
    ...(cases === undefined ? {} : { cases }),
  }
  return { ...definition, kind: options.name, payload }
}

// From words to an exit code. Commands are loaded when they are asked for, so that help costs nothing; whatever a command
// throws becomes one message and the exit code that the table promises.
import type { CommandDefinition } from '../arguments/command-line.ts'
import { parseArguments, type ParsedArguments } from '../arguments/parse-arguments.ts'
import { renderCommandHelp, renderMainHelp } from '../arguments/render-help.ts'
import type { Command, CommandContext } from './command.ts'
import { openOutput, type Output } from './output.ts'

const misuseCode = 2

/** Runs the command line and ends the process. */
export async function runCli(args: readonly string[], version: string): Promise<void> {
  const output = openOutput()
  const code = await exitCodeOf(args, version, output)
  const lost = await output.flush()
  if (lost !== undefined) output.say(await lostText(lost, output))
  // Whatever still holds the event loop (a test's stray handle in a plugin, say) must not hold the shell.
  process.exit(lost !== undefined && code === 0 ? misuseCode : code)
}

/** Whoever waits for what was printed must hear that it is not all there. */
async function lostText({ message }: Error, output: Output): Promise<string> {
  const { renderError } = await import('../terminal/render-error.ts')
  const error = {
    code: 'OUTPUT_UNWRITABLE',
    expected: 'standard output to be written',
    got: message,
    remedy: 'Make room, or send it elsewhere; what was run is kept all the same.',
  }
  return renderError(error, output.errorLook)
}

async function exitCodeOf(args: readonly string[], version: string, output: Output): Promise<number> {
  const parsed = parseArguments(args, () => undefined)
  switch (parsed.kind) {
    case 'version':
      output.out(`${version}\n`)
      return 0
    case 'help':
      output.out(renderMainHelp(version))
      return args.length === 0 ? misuseCode : 0
    case 'command-help':
      output.out(renderCommandHelp(parsed.command))
      return 0
    case 'misuse':
      return sayMisuse(args, output)
    case 'invoke':
      return invoke({ invocation: parsed.invocation, output, version })
  }
}

async function sayMisuse(args: readonly string[], output: Output): Promise<number> {
  // Only now is it worth loading what knows how to find the nearest name.
  const { nearestName } = await import('@muster/core')
  const parsed: ParsedArguments = parseArguments(args, nearestName)
  if (parsed.kind === 'misuse') {
    const { renderError } = await import('../terminal/render-error.ts')
    output.say(renderError({ ...parsed, code: 'OPTIONS_INVALID' }, output.errorLook))
  }
  return misuseCode
}

async function invoke(context: CommandContext): Promise<number> {
  try {
    const command = await load(context.invocation.command)
    return await command(context)
  } catch (error) {
    const { sayError } = await import('./say-error.ts')
    return sayError(error, context)
  }
}

async function load({ name }: CommandDefinition): Promise<Command> {
  switch (name) {
    case 'run':
      return (await import('./commands/run.ts')).run
    case 'plan':
      return (await import('./commands/plan.ts')).plan
    case 'failures':
      return (await import('./commands/failures.ts')).failures
    case 'explain':
      return (await import('./commands/explain.ts')).explain
    case 'classify':
      return (await import('./commands/classify.ts')).classify
    case 'inspect':
      return (await import('./commands/inspect.ts')).inspect
    case 'resume':
      return (await import('./commands/resume.ts')).resume
    case 'replay':
      return (await import('./commands/replay.ts')).replay
    case 'what-if':
      return (await import('./commands/what-if.ts')).whatIf
    case 'simulate':
      return (await import('./commands/simulate.ts')).simulate
    case 'history':
      return (await import('./commands/history.ts')).history
    case 'report':
      return (await import('./commands/report.ts')).report
    case 'init':
      return (await import('./commands/init.ts')).init
    default:
      throw new Error(`Broken invariant: command ${name} can be loaded. This is a bug in Muster; please report it.`)
  }
}

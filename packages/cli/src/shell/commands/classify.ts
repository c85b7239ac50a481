// `muster classify FILE`: what went wrong in a log of any tool. It needs no project: where there is a configuration, its rules
// speak first.
import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { resolve } from 'node:path'
import { exitCodes, MusterError } from '@muster/core'
import { compileRules, explainFailure } from '@muster/core/failure'
import { renderClassified } from '../../classify/render-classified.ts'
import { loadConfig } from '../load-config.ts'
import type { Command, CommandContext } from '../command.ts'

/** Characters of a log that are read: a cause may stand anywhere in it. */
const longestText = 4_000_000

export const classify: Command = async ({ invocation, output }) => {
  const { values, words, on } = invocation
  const { config } = await loadConfig(resolve(values['root'] ?? '.'), values['config'])
  const log = await readLog(words[0] ?? '-')
  const signals = { exitCode: exitCodeIn(values), signal: values['signal'], text: log }
  const explained = explainFailure(signals, { rules: compileRules(config.failureRules ?? []), longestText })
  if (on.has('json')) output.out(`${JSON.stringify({ version: 1, ...explained })}\n`)
  else output.lines(renderClassified(explained, log, output.look))
  return exitCodes.passed
}

function exitCodeIn(values: CommandContext['invocation']['values']): number | undefined {
  const given = values['exit-code']
  if (given === undefined) return undefined
  if (/^-?\d{1,10}$/.test(given)) return Number(given)
  throw new MusterError('OPTIONS_INVALID', {
    expected: '--exit-code to be a whole number',
    got: given,
    remedy: 'Give the exit code as the system showed it; negative and Windows codes are fine.',
  })
}

async function readLog(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new MusterError('INPUT_UNREADABLE', {
      expected: 'a log that can be read',
      got: `${file}: ${error instanceof Error ? error.message : 'no file'}`,
      remedy: 'Correct the path, or pass - to read standard input.',
      cause: error,
    })
  }
}

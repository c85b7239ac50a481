// Every event as one line of JSON on standard output, and nothing else there: for programs.
import { streamLine } from '../../stream/stream-line.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Writes every event to standard output; what else is told goes to standard error. */
export function jsonReporter(output: Output): Reporter {
  return {
    event: (event) => {
      output.out(`${streamLine(event)}\n`)
    },
    tell: (lines) => {
      for (const line of lines) output.say(line)
    },
    end: () => undefined,
  }
}

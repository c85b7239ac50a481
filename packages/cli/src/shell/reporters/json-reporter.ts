// Every event as one line of JSON on standard output, and nothing else there: for programs. Each line names its version.
import type { RunEvent } from '@muster/core'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Version of the stream; a kind or a field may be added to it. */
const streamVersion = 1

export function jsonReporter(output: Output): Reporter {
  return {
    event: (event: RunEvent) => {
      output.out(`${JSON.stringify({ version: streamVersion, ...event })}\n`)
    },
    tell: (lines) => {
      for (const line of lines) output.say(line)
    },
    end: () => undefined,
  }
}

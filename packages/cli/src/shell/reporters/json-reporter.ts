// Every event as one line of JSON on standard output, and nothing else there: for programs. Each line names its version.
import type { RunEvent } from '@muster/core'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Version of the stream; a kind or a field may be added to it. */
const streamVersion = 1

export function jsonReporter(output: Output): Reporter {
  return {
    event: (event: RunEvent) => {
      const provisional = isProvisional(event) ? { provisional: true } : {}
      output.out(`${JSON.stringify({ version: streamVersion, ...event, ...provisional })}\n`)
    },
    tell: (lines) => {
      for (const line of lines) output.say(line)
    },
    end: () => undefined,
  }
}

/** News of an attempt that still runs: it counts only once the attempt has ended. */
function isProvisional({ kind }: RunEvent): boolean {
  return kind === 'case-ended' || kind === 'attempt-progress' || kind === 'attempt-output'
}

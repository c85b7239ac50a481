// An event as a line for programs. Each line names its version, and says of itself where it does not count yet.
import type { RunEvent } from '@muster/core'

/** The line of an event, without its end. */
export function streamLine(event: RunEvent): string {
  const provisional = isProvisional(event) ? { provisional: true } : {}
  return JSON.stringify({ version: 1, ...event, ...provisional })
}

/** News of an attempt that still runs: it counts only once the attempt has ended. */
function isProvisional({ kind }: RunEvent): boolean {
  return kind === 'case-ended' || kind === 'attempt-progress' || kind === 'attempt-output'
}

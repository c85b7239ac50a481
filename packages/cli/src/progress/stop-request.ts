// How a person or the system ends a run from outside. Each is answered the moment it comes, so what the run itself says of it
// a moment later would only be the same once more.

/** What asked a run to end. */
export type StopRequest = 'Ctrl-C' | 'SIGTERM' | 'SIGHUP'

const requests: ReadonlySet<string> = new Set<StopRequest>(['Ctrl-C', 'SIGTERM', 'SIGHUP'])

/** Whether a run is ended by a request from outside, rather than by a limit or by code. */
export function isStopRequest(by: string): boolean {
  return requests.has(by)
}

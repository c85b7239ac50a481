// The rounds of a file as the process before this one had them, from what was written down: whatever it had judged is judged
// again in the same way, so that nothing of its state has to be kept.
import type { Failure, LostProcess, Outcome } from '@muster/core'
import type { FileRounds, RoundEnding } from './file-rounds.ts'
import type { NodeEvent } from './node-event.ts'
import { readNodeEvent } from './read-node-event.ts'

/** The line that is written when a round has ended and another follows. */
export type TracedEnding = { readonly kind: 'ended' } & Pick<RoundEnding, 'ending' | 'stderrTail' | 'stop'>

/** The line that is written when an attempt is taken up. */
export type TracedLoss = { readonly kind: 'lost' } & Pick<LostProcess, 'failure' | 'result'>

/** Puts `rounds` where the process before this one had them; gives the outcome, where nothing is left to be run. */
export function replayRounds(rounds: FileRounds, lines: readonly string[], lost: LostProcess): Outcome | undefined {
  let isStruck = false
  for (const line of lines) {
    const told = readLine(line)
    if (told === undefined) continue
    switch (told.kind) {
      case 'ended':
        rounds.end({ ...told, isLast: false })
        isStruck = false
        break
      case 'lost':
        rounds.end(endingOf(told, false))
        isStruck = false
        break
      case 'struck':
        isStruck = true
        break
      case 'broken':
      case 'closed':
      case 'completed':
      case 'drained':
      case 'enqueued':
      case 'noted':
      case 'started':
        // What the test did until it was ended as well is done again by those that are run again.
        if (!isStruck) rounds.add(told)
    }
  }
  return rounds.end(endingOf(lost, !lost.mayRun))
}

function endingOf({ failure, result }: Pick<LostProcess, 'failure' | 'result'>, isLast: boolean): RoundEnding {
  return {
    ending: { kind: 'signalled', signal: 'SIGKILL' },
    stderrTail: '',
    lost: failure,
    stop: result === 'timed-out' ? result : undefined,
    isLast,
  }
}

function readLine(line: string): NodeEvent | TracedEnding | TracedLoss | undefined {
  const event = readNodeEvent(line)
  if (event !== undefined || !/^\{"kind":"(?:ended|lost)"/.test(line)) return event
  try {
    const value: unknown = JSON.parse(line)
    return isOurs(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Written by us; a test that knows where could forge it, as it could forge any event. */
function isOurs(value: unknown): value is TracedEnding | TracedLoss {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'lost') return 'result' in value && 'failure' in value && isFailure(value.failure)
  return 'ending' in value && typeof value.ending === 'object' && value.ending !== null && 'stderrTail' in value
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'message' in value && 'evidence' in value
}

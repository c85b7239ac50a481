// Whether a command passed. Its exit code and the cases that it reported must both say so: where they differ, the worse one
// counts, and a result that was promised and is missing counts as failed.
import { observedFailure } from '@muster/core/failure'
import type { CaseResult, Outcome } from '@muster/core'
import type { ProcessEnding } from '@muster/core/process'
import { failureOfEnding } from '../outcome/failure-of-ending.ts'
import { failedWith, isRed, judgeCases, passed } from '../outcome/judge-cases.ts'
import { failureOfStop, type Stop } from '../outcome/stop.ts'

/** What became of the results that a command promised. */
export type Reported =
  /** None were promised. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'read'
      readonly cases: readonly CaseResult[]
      readonly from: string
      /** Why there may have been more, where the document says so. */
      readonly incomplete: string | undefined
    }
  /** Promised, and not there, not new, or not readable; `why` completes "The results file …". */
  | { readonly kind: 'broken'; readonly why: string; readonly evidence: string }

/** Everything that is known when a command has ended. */
export interface EndedCommand {
  readonly program: string
  readonly ending: ProcessEnding
  readonly stderrTail: string
  readonly stdoutTail: string
  readonly reported: Reported
  /** It told of each case as it ended, not of all at the end. */
  readonly isLive: boolean
  /** Why it was told to end, where it was. */
  readonly stop?: Stop | undefined
}

/** The cases that a command reported. */
export function casesIn({ reported }: EndedCommand): readonly CaseResult[] {
  return reported.kind === 'read' ? reported.cases : []
}

/** Whether a command that promised results ended before it had reported them all, and nobody had cancelled it. */
export function brokeOff({ ending, reported, stop }: EndedCommand): boolean {
  if (reported.kind === 'none' || stop === 'cancelled' || ending.kind === 'not-started') return false
  if (ending.kind === 'signalled' || reported.kind === 'broken') return true
  return reported.incomplete !== undefined
}

/** What a command came to. */
export function judgeCommand(command: EndedCommand): Outcome {
  const { ending, reported, program, stderrTail } = command
  const bad = ending.kind !== 'exited' || ending.code !== 0
  if (bad && command.stop !== undefined) {
    return { result: command.stop, durationMs: 0, failure: failureOfStop(command.stop, program, []) }
  }
  // Where the results stand in what it printed they are read as such, and no line of theirs is its last word.
  const stdoutTail = command.isLive ? '' : command.stdoutTail
  const byEnding = bad ? failureOfEnding(ending, { what: program, stderrTail, stdoutTail }) : undefined
  switch (reported.kind) {
    case 'none':
      return byEnding === undefined ? passed : failedWith(byEnding)
    case 'broken':
      if (byEnding !== undefined)
        return failedWith({ ...byEnding, evidence: [...byEnding.evidence, reported.evidence] })
      return failedWith(
        observedFailure('results-missing', {
          message: `${program} ended with exit code 0, but ${reported.why}`,
          evidence: [reported.evidence, 'exit code 0'],
        }),
      )
    case 'read':
      return judgeBoth(command, reported)
  }
}

function judgeBoth(
  { ending, program, stderrTail }: EndedCommand,
  { cases, from, incomplete }: Extract<Reported, { readonly kind: 'read' }>,
): Outcome {
  const gap = incomplete === undefined ? [] : [`results incomplete: ${incomplete}`]
  const count = cases.length === 0 ? 'no case was reported' : `none of ${cases.length} reported cases failed`
  const red = cases.some(isRed) ? judgeCases(cases, from).failure : undefined
  if (ending.kind !== 'exited' || (ending.code !== 0 && red === undefined)) {
    const failure = failureOfEnding(ending, { what: program, stderrTail })
    return failedWith({ ...failure, evidence: [...failure.evidence, ...(red === undefined ? [count] : []), ...gap] })
  }
  const evidence = [`exit code ${ending.code}`, ...gap]
  if (red !== undefined) return failedWith({ ...red, evidence: [...red.evidence, ...evidence] })
  if (incomplete === undefined) return judgeCases(cases, from)
  const message = `${program} ended with exit code 0, but its results are not complete: ${from}: ${incomplete}`
  return failedWith(observedFailure('results-incomplete', { message, evidence }))
}

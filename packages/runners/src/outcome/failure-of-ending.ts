// How a process ended, as a failure, where nothing that it reported says more.
import { failureFromError, failureFromExit, makeFailure } from '@muster/core/failure'
import type { Failure } from '@muster/core'
import type { ProcessEnding } from '@muster/core/process'
import { tellingEnd } from './telling-end.ts'

/** What is known beside the ending. */
export interface EndingFacts {
  /** What ended, to begin a sentence with. */
  readonly what: string
  readonly stderrTail: string
  /** The end of what it printed otherwise, where errors may stand there. @defaultValue it is not read */
  readonly stdoutTail?: string | undefined
  /** It ended before it had reported its result. */
  readonly isEarly?: boolean | undefined
}

/** The failure that an ending stands for. */
export function failureOfEnding(ending: ProcessEnding, given: EndingFacts): Failure {
  const facts = { ...given, stderrTail: tellingEnd(given.stderrTail) }
  switch (ending.kind) {
    case 'exited':
      return failureFromExit({ code: ending.code, ...facts })
    case 'signalled':
      return failureFromExit({ signal: ending.signal, ...facts })
    case 'not-started': {
      const failure = failureFromError(ending.error)
      return makeFailure({ ...failure, message: `${facts.what} could not be started: ${failure.message}` })
    }
  }
}

// Ctrl-C: once lets what runs end, twice cancels it, three times ends everything at once. A request to terminate cancels.
// The engine's supervisors watch us: whatever way we go, they take their processes with them.
import { exitCodes, type Run } from '@muster/core'

/** What the guard tells, and what it does before the hard way out. */
export interface SignalGuard {
  readonly tell: (line: string) => void
  /** Gives the terminal back. */
  readonly leave: () => void
}

/** Listens until the returned function is called. */
export function guardSignals(run: Run, { tell, leave }: SignalGuard): () => void {
  let presses = 0
  const onInterrupt = (): void => {
    presses++
    if (presses === 1) {
      run.drain('Ctrl-C')
      tell('Ending: what runs may end; press Ctrl-C again to cancel it.')
    } else if (presses === 2) {
      run.interrupt('Ctrl-C')
      tell('Cancelling what runs; press Ctrl-C once more to end everything at once.')
    } else leaveNow()
  }
  let requests = 0
  const onTerminate = (signal: NodeJS.Signals): void => {
    requests++
    if (requests > 1) leaveNow()
    run.interrupt(signal)
    tell(`${signal}: cancelling what runs.`)
  }
  const leaveNow = (): void => {
    leave()
    process.exit(exitCodes.interrupted)
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  process.on('SIGHUP', onTerminate)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerminate)
    process.off('SIGHUP', onTerminate)
  }
}

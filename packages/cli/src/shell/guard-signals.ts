// Ctrl-C: once lets what runs end, twice cancels it, three times ends everything at once. A request to terminate cancels.
// The engine's supervisors watch us: whatever way we go, they take their processes with them.
import { exitCodes, type Run } from '@muster/core'
import type { StopRequest } from '../progress/stop-request.ts'

/** What the guard tells, and what it does before the hard way out. */
export interface SignalGuard {
  readonly tell: (line: string) => void
  /** Gives the terminal back. */
  readonly leave: () => void
}

/** Listens until the returned function is called. */
export function guardSignals(run: Run, { tell, leave }: SignalGuard): () => void {
  const pressed: StopRequest = 'Ctrl-C'
  let presses = 0
  const onInterrupt = (): void => {
    presses++
    if (presses === 1) {
      run.drain(pressed)
      tell('Ending: nothing more is started, what runs may end; press Ctrl-C again to cancel it.')
    } else if (presses === 2) {
      run.interrupt(pressed)
      tell('Cancelling what runs; press Ctrl-C once more to end everything at once.')
    } else leaveNow()
  }
  let requests = 0
  const onTerminate = (signal: StopRequest): void => {
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
  const onTerm = (): void => {
    onTerminate('SIGTERM')
  }
  const onHangup = (): void => {
    onTerminate('SIGHUP')
  }
  process.on('SIGTERM', onTerm)
  process.on('SIGHUP', onHangup)
  // Ctrl-\ is for whoever has no patience left; the system alone would leave the cursor hidden.
  process.on('SIGQUIT', leaveNow)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerm)
    process.off('SIGHUP', onHangup)
    process.off('SIGQUIT', leaveNow)
  }
}

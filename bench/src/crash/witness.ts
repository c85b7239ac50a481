// Reads what bodies and coordinators appended to the witness. The order of lines is the order of events, so whether a task
// was started again after its end had been acknowledged can be read off it.

/** One attempt's end as a coordinator told it: it was durable then. */
export interface Acknowledged {
  readonly task: string
  readonly n: number
  readonly result: string
}

/** What the witness saw. */
export interface Witnessed {
  readonly acknowledged: readonly Acknowledged[]
  /** Tasks whose body started after a pass of theirs had been acknowledged. */
  readonly startedAfterAcknowledged: ReadonlySet<string>
  /** Attempts whose body started and came to its end, as `task n`. */
  readonly started: ReadonlySet<string>
  readonly ended: ReadonlySet<string>
  /** Row of each commit after which a coordinator died before anybody heard of it. */
  readonly diedAfter: readonly number[]
  /** Coordinators that died by their own hand, by moment. */
  readonly deaths: Readonly<Record<string, number>>
  /** Processes of former coordinators that lived at the first launch, one number for each coordinator that launched. */
  readonly aliveAtLaunch: readonly number[]
  readonly isFinished: boolean
}

/** Reads the witness' lines. A last line that was cut off by a kill is no line. */
export function readWitness(text: string): Witnessed {
  const acknowledged: Acknowledged[] = []
  const passed = new Set<string>()
  const repeated = new Set<string>()
  const started = new Set<string>()
  const ended = new Set<string>()
  const diedAfter: number[] = []
  const deaths: Record<string, number> = {}
  const aliveAtLaunch: number[] = []
  let isFinished = false
  for (const line of text.split('\n').slice(0, -1)) {
    const [kind = '', about = '', n = '', result = ''] = line.split(' ')
    if (kind === 'start') {
      started.add(`${about} ${n}`)
      if (passed.has(about)) repeated.add(about)
    } else if (kind === 'end') ended.add(`${about} ${n}`)
    else if (kind === 'ack') {
      acknowledged.push({ task: about, n: Number(n), result })
      if (result === 'passed') passed.add(about)
    } else if (kind === 'alive') {
      if (about !== 'undefined') aliveAtLaunch.push(Number(about))
    } else if (kind === 'finished') isFinished = true
    else {
      deaths[kind] = (deaths[kind] ?? 0) + 1
      if (kind === 'in-commit') diedAfter.push(Number(about))
    }
  }
  return {
    acknowledged,
    startedAfterAcknowledged: repeated,
    started,
    ended,
    diedAfter,
    deaths,
    aliveAtLaunch,
    isFinished,
  }
}

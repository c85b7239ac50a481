// What travels from the writer of the page to the script in it. Columns instead of objects, and numbers that point into tables,
// because a hundred thousand cases as objects would be ten times the size and slow to read. Types only: both sides see this file.

/** How a case came out: passed, flaky, failed, timed out, blocked, skipped, cancelled. One letter each, since there may be many. */
export type CaseStatus = 'p' | 'y' | 'f' | 't' | 'b' | 's' | 'c'

/** A column in runs: value, how often, value, how often. */
export type RunLengths = readonly number[]

/** All cases, in the order of the report. */
export interface CaseColumns {
  /** Last title of each case. */
  readonly titles: readonly string[]
  /** A letter a case. */
  readonly statuses: string
  /** How many of them are no test cases but tasks that no case tells of. */
  readonly ofTasks: number
  /** Milliseconds. */
  readonly ms: readonly number[]
  /** Line in the file; 0 where it is not known. */
  readonly lines: readonly number[]
  /** Into `texts`: titles of the suites around it, the file, the task. */
  readonly suites: RunLengths
  readonly files: RunLengths
  readonly tasks: RunLengths
  /** Tries before the last, and the reason of one that did not run: position of the case, then what is known. */
  readonly more: readonly (readonly [number, CaseMore])[]
}

/** What only a few cases have. */
export interface CaseMore {
  readonly retries?: number
  readonly reason?: string
  /** Into `failures`: the failure that counts, and those of earlier tries. */
  readonly failure?: number
  readonly earlier?: readonly number[]
}

/** One line of a difference: `-` expected, `+` received, ` ` the same. */
export type PageDiffLine = readonly ['-' | '+' | ' ', string]

/** A failure, once for all cases that have it. */
export interface PageFailure {
  readonly message: string
  readonly errorName?: string
  /** Its category in words. */
  readonly label: string
  readonly fault: string
  readonly transient: boolean
  readonly diff: readonly PageDiffLine[]
  readonly stack: string
  readonly evidence: readonly string[]
  /** Where a person looks first. */
  readonly frame?: string
}

/** Cases that failed for one reason. */
export interface PageCause {
  readonly failure: number
  /** Positions of its cases. */
  readonly cases: readonly number[]
  readonly blocked: number
  readonly todo: string
  /** What the report says of the cause in one line, and whether it is new or on one worker; absent where it says nothing. */
  readonly title?: string
  readonly marks?: readonly string[]
}

/** What an attempt printed. */
export interface PageOutput {
  readonly stdout?: string
  readonly stderr?: string
}

/** A file that an attempt left behind. */
export interface PageArtifact {
  readonly name: string
  readonly path: string
  readonly type?: string
  readonly bytes?: number
  /** First twelve digits of its SHA-256. */
  readonly hash?: string
  /** From the page to the file, `./` first; only where it lies below the page. */
  readonly link?: string
  /** Into `pictures`. */
  readonly picture?: number
}

/** One attempt in time. */
export interface AttemptColumns {
  /** Into `texts`: the task. */
  readonly tasks: readonly number[]
  readonly ns: readonly number[]
  readonly workers: RunLengths
  readonly lanes: readonly number[]
  /** Milliseconds from the start of the run. */
  readonly ready: readonly number[]
  readonly launched: readonly number[]
  readonly started: readonly number[]
  readonly closed: readonly number[]
  /** A letter an attempt: as of cases, and `l` lost, `o` open. */
  readonly states: string
  /** Position of the attempt, and into `texts` the task that it waited for last. */
  readonly after: readonly (readonly [number, number])[]
  /** Position of the attempt and what it printed. */
  readonly outputs: readonly (readonly [number, PageOutput])[]
  /** Position of the attempt and a sentence about what it left running. */
  readonly leaks: readonly (readonly [number, string])[]
  /** Position of the attempt and the files that it left behind. */
  readonly artifacts: readonly (readonly [number, readonly PageArtifact[]])[]
  /** Position of a later attempt, and when the one before was over: it backed off from then until it was ready. */
  readonly retryFrom: readonly (readonly [number, number])[]
  /** Position of the attempt, and into `texts` what it waited for once it was ready; absent where that was a slot. */
  readonly queuedFor: readonly (readonly [number, number])[]
}

/** One worker with how busy it was. */
export interface PageWorker {
  readonly id: string
  readonly host?: string
  readonly slots: number
  readonly lanes: number
  readonly attempts: number
  readonly busyMs: number
  readonly share: number
}

/** One step of the critical path. */
export interface PageStep {
  readonly attempt: number
  readonly waitedFor: 'start' | 'dependency' | 'worker' | 'retry'
  readonly gapMs: number
}

/** Tasks that did not run, by why. */
export interface PageGroup {
  readonly kind: 'blocked' | 'skipped' | 'cancelled' | 'open'
  readonly why: string
  readonly tasks: readonly string[]
  readonly count: number
}

/** A command to type next, and what it is for. */
export interface PageNext {
  readonly command: string
  readonly what: string
}

/** Everything that the page shows. */
export interface ReportData {
  readonly version: 1
  readonly run: string
  readonly startedAt: string
  readonly durationMs: number
  readonly exit: 'passed' | 'failed' | 'nothing-ran' | 'interrupted'
  readonly exitCode: number
  readonly sentence: string
  readonly tasks: number
  readonly texts: readonly string[]
  readonly cases: CaseColumns
  readonly failures: readonly PageFailure[]
  /** Addresses of pictures: `data:` and nothing else. */
  readonly pictures: readonly string[]
  readonly causes: readonly PageCause[]
  /** All failures by cause in a sentence; absent where nobody worked them out. */
  readonly causesSentence?: string
  /** Positions of flaky cases. */
  readonly flaky: readonly number[]
  readonly notRun: readonly PageGroup[]
  readonly next: readonly PageNext[]
  readonly endMs: number
  /** Time of all attempts together, as the summary tells it. */
  readonly workMs: number
  readonly workers: readonly PageWorker[]
  readonly attempts: AttemptColumns
  readonly path: readonly PageStep[]
  readonly faster: readonly string[]
  /** Into `texts` and milliseconds, slowest first. */
  readonly slowest: readonly (readonly [number, number])[]
  /** What was left out to keep the file small, in sentences. */
  readonly leftOut: readonly string[]
}

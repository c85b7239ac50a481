// The few kinds of event of the trace event format that a run needs. Times are whole microseconds.

/** What a viewer shows beside an event. */
export type TraceArguments = Readonly<Record<string, string | number>>

interface Place {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly cat?: string
  readonly args?: TraceArguments
}

interface Moment extends Place {
  readonly ts: number
}

/** One event. */
export type TraceEvent =
  /** Metadata: what a process or a thread is called. */
  | (Place & { readonly ph: 'M' })
  /** Complete: a bar. */
  | (Moment & { readonly ph: 'X'; readonly dur: number; readonly cname?: string })
  /** Beginning and end of something that belongs to no thread. */
  | (Moment & { readonly ph: 'b' | 'e'; readonly id: string })
  /** A moment on a thread. */
  | (Moment & { readonly ph: 'i'; readonly s: 't' })
  /** Beginning of an arrow. */
  | (Moment & { readonly ph: 's'; readonly id: string })
  /** End of an arrow, in the bar that encloses it. */
  | (Moment & { readonly ph: 'f'; readonly id: string; readonly bp: 'e' })
  /** Counter. */
  | (Moment & { readonly ph: 'C' })

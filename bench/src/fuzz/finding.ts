// What the threads of the fuzzer are told and tell.

/** The part of the inputs that one thread takes. */
export interface FuzzSpan {
  readonly seed: number
  readonly plant: string | undefined
  /** First number, the end, and from one number to the next: threads take turns. */
  readonly from: number
  readonly to: number
  readonly step: number
  /** Holds the number of the input that is being read. */
  readonly mark: SharedArrayBuffer
}

/** Something wrong with one input. */
export type Trouble = { readonly reader: string; readonly number: number; readonly text: string } & (
  | { readonly kind: 'crash'; readonly error: string }
  | { readonly kind: 'hang'; readonly cpuMs: number }
  | { readonly kind: 'pollution'; readonly changed: readonly string[] }
)

/** What a thread tells. */
export type Finding =
  | Trouble
  | { readonly kind: 'ready' }
  | { readonly kind: 'heap'; readonly count: number; readonly bytes: number }
  | { readonly kind: 'done'; readonly count: number }

// What a pattern consists of. The tree exists so that the cost of a pattern can be read off before it is ever run: a pattern
// that could take more than linear time is refused, not timed.

/** A piece of a pattern. */
export type PatternNode =
  /** One character; `source` is the expression that matches it, `literal` the character where it is exactly one. */
  | { readonly kind: 'character'; readonly source: string; readonly literal?: string | undefined }
  /** A place without a width: `^`, `$`, `\b`, `\B`. */
  | { readonly kind: 'anchor'; readonly source: string }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number }

/** A pattern that is not taken, and why. */
export class PatternRefused extends Error {
  override readonly name: string = 'PatternRefused'
}

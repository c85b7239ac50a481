// Says what is wrong with a result before anyone reads it: a figure that nobody declared, or one that is no number.
import { type Bench, type BenchResult } from './bench.ts'

/** What is wrong with a result; nothing where it may be shown. */
export function verifyResult(bench: Bench, result: BenchResult): readonly string[] {
  const problems: string[] = []
  if (Object.keys(result.figures).length === 0 && (result.notes ?? []).length === 0)
    problems.push('Expected figures, or notes that say why there are none; got neither.')
  for (const [name, value] of Object.entries(result.figures)) {
    if (meaningOf(bench, name) === undefined) problems.push(`Expected only declared figures, got \`${name}\`.`)
    if (!Number.isFinite(value)) problems.push(`Expected \`${name}\` to be a number, got ${value}; leave it out.`)
  }
  return problems
}

/** What a figure means according to its benchmark; undefined for one that it did not declare. */
export function meaningOf(bench: Bench, figure: string): string | undefined {
  const exact = bench.figures[figure]
  if (exact !== undefined) return exact
  // The one that says most of the name: `<runner>_history_ratio` is no `<runner>_ratio`.
  const [closest] = Object.entries(bench.figures)
    .filter(([pattern]) => pattern.includes('<'))
    .filter(([pattern]) => new RegExp(`^${pattern.replaceAll(/<[^>]+>/g, '.+')}$`).test(figure))
    .toSorted(([one], [other]) => other.length - one.length)
  return closest?.[1]
}

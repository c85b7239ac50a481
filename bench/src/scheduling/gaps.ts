// Means by rule and by set: how far above the best known schedules are.
import type { Figures } from '../bench.ts'

/** Collects values under a rule and a figure, and gives their means. */
export class Means {
  readonly #sums = new Map<string, Map<string, { sum: number; count: number }>>()

  add(rule: string, figure: string, value: number): void {
    const row = this.#sums.get(rule) ?? new Map<string, { sum: number; count: number }>()
    this.#sums.set(rule, row)
    const cell = row.get(figure) ?? { sum: 0, count: 0 }
    row.set(figure, cell)
    cell.sum += value
    cell.count += 1
  }

  /** Means to three digits after the point, by figure. */
  of(rule: string): Figures {
    const row = this.#sums.get(rule) ?? []
    return Object.fromEntries(
      [...row].map(([figure, { sum, count }]) => [figure, Math.round((1000 * sum) / count) / 1000]),
    )
  }
}

/** How far above another number one is, in percent. */
export function percentAbove(value: number, base: number): number {
  return 100 * (value / base - 1)
}

/** The first of a list where `--limit` asks for no more, spread over the whole list. */
export function spread<Item>(items: readonly Item[], limit: number | undefined): readonly Item[] {
  if (limit === undefined || limit >= items.length) return items
  return Array.from({ length: limit }, (_, at) => items[Math.floor((at * items.length) / limit)]).filter(
    (item) => item !== undefined,
  )
}

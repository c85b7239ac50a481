// A basket that adds up. Its discount has a bug, which a suite finds.
export interface Line {
  readonly cents: number
  readonly count: number
}

export function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { cents, count }) => sum + cents * count, 0)
}

/** Takes a percentage off. Expected to round half up; it cuts instead. */
export function discounted(cents: number, percent: number): number {
  return Math.trunc((cents * (100 - percent)) / 100)
}

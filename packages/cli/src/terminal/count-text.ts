// A number with its noun, in the singular where there is one.

/** A count with its noun: `1 task`, `12 tasks`, `12,345 entries`; `plural` where an `s` is not enough. */
export function countText(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`
}

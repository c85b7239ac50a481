// A number with its noun, in the singular where there is one.

/** `1 case`, `2 cases`; `more` is the plural where an `s` is not enough. */
export function countText(count: number, one: string, more: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`
}

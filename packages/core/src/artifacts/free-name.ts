// Two files may come to the same name once it is made safe, or where two globs find them; neither may replace the other.

/** `name`, or the first of `name~2`, `name~3`, … that is not taken, the number before the extension. Takes it. */
export function freeName(name: string, taken: Set<string>): string {
  // A file system that ignores case would take the two for one.
  const take = (candidate: string): boolean => {
    const key = candidate.toLowerCase()
    if (taken.has(key)) return false
    taken.add(key)
    return true
  }
  if (take(name)) return name
  const dot = /\.[^./]*$/.exec(name)?.index ?? name.length
  for (let n = 2; ; n++) {
    const candidate = `${name.slice(0, dot)}~${String(n)}${name.slice(dot)}`
    if (take(candidate)) return candidate
  }
}

// The first text that no longer starts with a prefix, so that a database can walk its index instead of every key.

/** The end, exclusive, of all texts that start with `prefix`; `undefined` where there is none, as for the empty prefix. */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) ?? 0
    // Surrogates have no place in UTF-8, so the range jumps over them.
    if (point < 0x10ffff) return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1)
  }
  return undefined
}

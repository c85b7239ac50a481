// One number for everything that happened, so that two runs of a seed can be held against each other.

/** Adds a text to a hash (FNV-1a, G. Fowler, L. C. Noll, K.-P. Vo). */
export function hashText(hash: number, text: string): number {
  let h = hash
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** The hash of nothing. */
export const emptyHash = 0x811c9dc5

// A number from a text that is the same on every machine and for ever: shards of a matrix are worked out on machines that never
// speak to each other.

/** 32 bits: FNV-1a, mixed once more, since the ends of ids differ by a digit. */
export function fnvHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

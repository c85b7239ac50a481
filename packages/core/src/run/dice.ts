// Dice without a sequence: a roll is a hash of what it is for, so it does not depend on the order in which things arrive.

/** What a roll is for. */
export type DicePurpose = 'retry-delay' | 'breaker' | 'retry-spread' | 'recovery'

/** A number in [0, 1) that is the same for the same arguments, always. */
export function roll(seed: number, task: number, n: number, purpose: DicePurpose): number {
  let hash = mix(seed | 0, 0x9e3779b9)
  hash = mix(hash, task)
  hash = mix(hash, n)
  for (let i = 0; i < purpose.length; i++) hash = mix(hash, purpose.charCodeAt(i))
  return (avalanche(hash) >>> 0) / 0x1_0000_0000
}

// One round and the finaliser of MurmurHash3 (Austin Appleby, public domain description).
function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  let h = hash ^ Math.imul(k, 0x1b873593)
  h = (h << 13) | (h >>> 19)
  return (Math.imul(h, 5) + 0xe6546b64) | 0
}

function avalanche(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

// Checksums that tie a text to its place, so that a row found in another's place is noticed as well as a flipped bit.
import { crc32 } from 'node:zlib'

/** Of a row of the journal. */
export function rowChecksum(seq: number, epoch: number, bytes: string): number {
  return crc32(bytes, (seq * 31 + epoch) % 2 ** 32)
}

/** Of details as they are stored. */
export function detailsChecksum(name: string, bytes: Uint8Array): number {
  return crc32(bytes, crc32(name))
}

// Details are long and repetitive (output, traces, cases), so they are compressed where that saves something.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** A text as it is stored: encoding 0 is plain UTF-8, 1 is Zstandard. */
export interface EncodedDetails {
  readonly encoding: 0 | 1
  readonly bytes: Uint8Array
}

/** Shorter texts gain too little to be worth it. */
const compressFromBytes = 512

/** A text as it is stored, compressed where that makes it smaller. */
export function encodeDetails(text: string): EncodedDetails {
  const plain = Buffer.from(text, 'utf8')
  if (plain.length < compressFromBytes) return { encoding: 0, bytes: plain }
  const packed = zstdCompressSync(plain)
  return packed.length < plain.length ? { encoding: 1, bytes: packed } : { encoding: 0, bytes: plain }
}

/** Gives the text back; throws where the bytes are not what the encoding says. */
export function decodeDetails(encoding: number, bytes: Uint8Array): string {
  const plain =
    encoding === 1 ? zstdDecompressSync(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return plain.toString('utf8')
}

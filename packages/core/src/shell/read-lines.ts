// Cuts a stream of bytes into lines: the framing of every message between our processes. A line that never ends must not
// fill the memory, so what passes the limit is left out up to the next line.
import type { Readable } from 'node:stream'

/** Longest line that is read where nothing else is said, in bytes. */
export const defaultLineBytes: number = 16 * 1024 * 1024
const newline = 0x0a

/**
 * Calls `tell` for each line of `stream`, without its end; an unfinished last line counts when the stream ends. Lines
 * longer than `longestBytes` are left out.
 */
export function readLines(
  stream: Readable,
  tell: (line: string) => void,
  longestBytes: number = defaultLineBytes,
): void {
  let pieces: Buffer[] = []
  let size = 0
  let isTooLong = false

  const keep = (piece: Buffer): void => {
    size += piece.length
    if (size > longestBytes) isTooLong = true
    if (isTooLong) pieces = []
    else pieces.push(piece)
  }
  const finish = (): void => {
    const [only] = pieces
    const line = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
    const isComplete = !isTooLong
    pieces = []
    size = 0
    isTooLong = false
    if (isComplete && line.length > 0) tell(line.toString('utf8'))
  }

  stream.on('data', (chunk: Buffer) => {
    let from = 0
    for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, to))
      finish()
      from = to + 1
    }
    if (from < chunk.length) keep(chunk.subarray(from))
  })
  stream.on('end', finish)
  // A stream that breaks gives no more lines; whoever owns it hears of that elsewhere.
  stream.on('error', () => undefined)
}

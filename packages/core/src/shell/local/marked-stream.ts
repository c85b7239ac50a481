// The printed output of an agent, cut where an attempt ends. Output and messages travel on different ways, so the agent
// prints a mark when an attempt is over, and what stands before the mark belongs to the attempt.
import type { Readable } from 'node:stream'

/** Reads a stream, hands on what is printed and waits for marks, which it takes out. */
export class MarkedStream {
  readonly #tell: (bytes: Buffer) => void
  /** The end of what was read, where it may be the beginning of the mark. */
  #held: Buffer = Buffer.alloc(0)
  #mark: Buffer | undefined
  #tellMark: (wasPrinted: boolean) => void = () => undefined
  #isClosed = false

  constructor(stream: Readable, tell: (bytes: Buffer) => void) {
    this.#tell = tell
    stream.on('data', (chunk: Buffer) => {
      this.#read(chunk)
    })
    stream.on('error', () => undefined)
    stream.on('close', () => {
      this.#isClosed = true
      this.#release(this.#held)
      this.#tellMark(false)
    })
  }

  /** From now on looks for `mark`; resolves when it was printed, or with `false` when nothing more can be. */
  expect(mark: string): Promise<boolean> {
    this.#mark = Buffer.from(mark)
    return new Promise((resolve) => {
      this.#tellMark = resolve
      if (this.#isClosed) resolve(false)
    })
  }

  #read(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const mark = this.#mark
    if (mark === undefined) {
      this.#release(bytes)
      return
    }
    const at = bytes.indexOf(mark)
    if (at === -1) {
      const from = bytes.length - beginningAtEnd(bytes, mark)
      this.#release(bytes.subarray(0, from))
      this.#held = bytes.subarray(from)
      return
    }
    this.#release(bytes.subarray(0, at))
    this.#mark = undefined
    this.#tellMark(true)
    this.#release(bytes.subarray(at + mark.length))
  }

  #release(bytes: Buffer): void {
    this.#held = Buffer.alloc(0)
    if (bytes.length > 0) this.#tell(bytes)
  }
}

/** How many bytes at the end of `bytes` are the beginning of `mark`. */
function beginningAtEnd(bytes: Buffer, mark: Buffer): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length
  }
  return 0
}

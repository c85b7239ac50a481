// Keeps the beginning and the end of what an attempt prints, so that a test that prints without end costs a fixed amount of
// memory and still shows how it began and what it said last. It keeps bytes: a text is made only once, at the end.
import { StringDecoder } from 'node:string_decoder'
import type { CapturedText } from '../model/outcome.ts'

/** How much is kept of each stream, in bytes. */
export interface OutputCaps {
  readonly headBytes: number
  readonly tailBytes: number
}

/** Where nothing else is said: 64 KiB of each end. */
export const defaultOutputCaps: OutputCaps = { headBytes: 64 * 1024, tailBytes: 64 * 1024 }

/** One captured stream. */
export class CapturedOutput {
  readonly #caps: OutputCaps
  #head: Buffer[] = []
  #headSize = 0
  #tail: Buffer[] = []
  #tailSize = 0
  #omitted = 0

  constructor(caps: OutputCaps) {
    this.#caps = caps
  }

  /** Adds what was printed; `omittedBytes` more were lost just before it. */
  add(printed: string | Buffer, omittedBytes = 0): void {
    const bytes = typeof printed === 'string' ? Buffer.from(printed) : printed
    const room = omittedBytes > 0 ? 0 : this.#caps.headBytes - this.#headSize
    if (omittedBytes > 0) this.#leaveOut(omittedBytes)
    const first = bytes.subarray(0, Math.max(0, room))
    if (first.length > 0) this.#head.push(first)
    this.#headSize += first.length
    this.#addToTail(bytes.subarray(first.length))
  }

  /** What was captured, or nothing where nothing was printed. */
  text(): CapturedText | undefined {
    if (this.#headSize + this.#tailSize + this.#omitted === 0) return undefined
    this.#trimTail()
    const head = Buffer.concat(this.#head)
    const tail = Buffer.concat(this.#tail)
    if (this.#omitted === 0) return { head: Buffer.concat([head, tail]).toString('utf8'), tail: '', omittedBytes: 0 }
    // The cuts may have gone through a character; its pieces are left out too.
    const headText = new StringDecoder('utf8').write(head)
    const start = characterStart(tail)
    return {
      head: headText,
      tail: tail.toString('utf8', start),
      omittedBytes: this.#omitted + start + head.length - Buffer.byteLength(headText),
    }
  }

  /** The last bytes as text, for the message of a failure. */
  lastWords(bytes = 4096): string {
    const pieces = this.#tailSize > 0 ? this.#tail : this.#head
    return Buffer.concat(pieces).subarray(-bytes).toString('utf8')
  }

  #addToTail(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#tail.push(bytes)
    this.#tailSize += bytes.length
    // Trimmed at twice the cap only, so that a byte is copied a constant number of times.
    if (this.#tailSize > 2 * this.#caps.tailBytes || this.#tail.length > 4096) this.#trimTail()
  }

  #trimTail(): void {
    const whole = Buffer.concat(this.#tail)
    const kept = Buffer.from(whole.subarray(Math.max(0, whole.length - this.#caps.tailBytes)))
    this.#omitted += whole.length - kept.length
    this.#tail = [kept]
    this.#tailSize = kept.length
  }

  #leaveOut(bytes: number): void {
    this.#omitted += bytes + this.#tailSize
    this.#tail = []
    this.#tailSize = 0
    this.#headSize = this.#caps.headBytes
  }
}

/** Where the first whole character begins, for bytes that were cut somewhere. */
function characterStart(bytes: Buffer): number {
  let start = 0
  while (start < Math.min(3, bytes.length) && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  return start
}

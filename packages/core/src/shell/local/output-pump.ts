// Sends what executors log to the supervisor. A command that prints faster than it can be sent must not fill the memory of
// the agent, so while too much waits only the latest text is kept, and what is left out is counted.
import type { Writable } from 'node:stream'
import { writeMessage } from './read-message.ts'

/** While this many bytes wait, more is held back; of that this many characters are kept. The longest piece in a message. */
const limits = { waitingBytes: 4 * 1024 * 1024, heldLength: 256 * 1024, pieceLength: 1024 * 1024 }

/** A piece of output of an attempt. */
export interface OutputPiece {
  readonly task: number
  readonly n: number
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

interface Held {
  piece: OutputPiece
  omittedBytes: number
}

/** Sends output pieces over a channel. */
export class OutputPump {
  readonly #channel: Writable
  readonly #held = new Map<'stdout' | 'stderr', Held>()

  constructor(channel: Writable) {
    this.#channel = channel
    channel.on('drain', () => {
      this.flush()
    })
  }

  add(piece: OutputPiece): void {
    for (let at = 0; at < piece.text.length; at += limits.pieceLength)
      this.#add(
        piece.text.length <= limits.pieceLength
          ? piece
          : { ...piece, text: piece.text.slice(at, at + limits.pieceLength) },
      )
  }

  #add(piece: OutputPiece): void {
    if (this.#channel.writableLength <= limits.waitingBytes && !this.#held.has(piece.stream)) this.#send(piece, 0)
    else this.#hold(piece)
  }

  /** Sends what is held back. */
  flush(): void {
    for (const { piece, omittedBytes } of this.#held.values()) this.#send(piece, omittedBytes)
    this.#held.clear()
  }

  #hold(piece: OutputPiece): void {
    const before = this.#held.get(piece.stream)
    const text = (before?.piece.text ?? '') + piece.text
    const kept = text.length > 2 * limits.heldLength ? text.slice(-limits.heldLength) : text
    const left = text.length === kept.length ? 0 : Buffer.byteLength(text) - Buffer.byteLength(kept)
    this.#held.set(piece.stream, { piece: { ...piece, text: kept }, omittedBytes: (before?.omittedBytes ?? 0) + left })
  }

  #send(piece: OutputPiece, omittedBytes: number): void {
    // On a line of its own, whatever a test may have written there.
    this.#channel.write(
      `\n${writeMessage({ kind: 'output', ...piece, ...(omittedBytes === 0 ? {} : { omittedBytes }) })}`,
    )
  }
}

import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { OutputPump } from './output-pump.ts'

const piece = { task: 1, n: 1, stream: 'stdout' } as const

const readPiece = z.object({ text: z.string(), omittedBytes: z.number().optional() })

/** A channel that takes nothing until it is opened. */
class Gate extends Writable {
  readonly lines: string[] = []
  #release: (() => void) | undefined
  #isOpen = false

  open(): void {
    this.#isOpen = true
    this.#release?.()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.lines.push(chunk.toString())
    if (this.#isOpen) done()
    else this.#release = done
  }
}

test('while the other side does not read, the memory stays bounded and what is left out is counted', async () => {
  const gate = new Gate()
  const pump = new OutputPump(gate)
  const text = 'x'.repeat(500_000)
  for (let at = 0; at < 200; at += 1) pump.add({ ...piece, text })
  expect(gate.writableLength).toBeLessThan(6_000_000)
  pump.add({ ...piece, text: 'the end' })
  pump.flush()
  gate.open()
  await new Promise((resolve) => gate.end(resolve))
  const sent = gate.lines.map((line) => readPiece.parse(JSON.parse(line)))
  const told = sent.reduce((sum, { text: { length }, omittedBytes = 0 }) => sum + length + omittedBytes, 0)
  expect(told).toBe(200 * 500_000 + 7)
  expect(sent.at(-1)?.text.endsWith('the end')).toBe(true)
})

test('a long text goes in pieces', () => {
  const gate = new Gate()
  gate.open()
  new OutputPump(gate).add({ ...piece, text: 'x'.repeat(2_500_000) })
  expect(gate.lines).toHaveLength(3)
})

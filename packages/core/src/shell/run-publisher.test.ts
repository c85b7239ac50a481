import { expect, test } from 'vitest'
import type { RunEvent } from '../events/run-event.ts'
import { fifo } from '../run/fifo.ts'
import { Kernel } from '../run/kernel.ts'
import { EventHub } from './event-hub.ts'
import { RunPublisher } from './run-publisher.ts'

test('a note carries the time at which it is said, though nothing has been committed for long', () => {
  const heard: RunEvent[] = []
  const hub = new EventHub([{ name: 'heard', event: (event) => void heard.push(event) }])
  let nowMs = 10
  const publisher = new RunPublisher(new Kernel(fifo()), hub, 3, () => nowMs)
  publisher.note('soon')
  nowMs = 60_000
  publisher.note('late')
  expect(heard.map((event) => [event.kind, event.position, event.atMs])).toEqual([
    ['note', 3, 10],
    ['note', 3, 60_000],
  ])
})

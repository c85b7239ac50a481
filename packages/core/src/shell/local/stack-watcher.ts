// The program of a thread beside an attempt: when the attempt takes long, it looks where in the code the main thread is busy.
// A thread of its own, since a test in an endless loop answers nothing; the place is left in a file, since only the main
// thread may write to the supervisor.
import { renameSync, writeFileSync } from 'node:fs'
import { type Debugger, Session } from 'node:inspector'
import { parentPort } from 'node:worker_threads'
import type { WatchOrder } from './stack-watch.ts'

/** How long the main thread may take to come by some code, in milliseconds. Otherwise it waits for something. */
const pauseMs = 300
const mostFrames = 4

let timer: NodeJS.Timeout | undefined

parentPort?.on('message', (order: WatchOrder) => {
  clearTimeout(timer)
  if (order.kind === 'watch') timer = setTimeout(look, order.afterMs, order.file)
})

function look(file: string): void {
  const session = new Session()
  const urls = new Map<string, string>()
  session.connectToMainThread()
  session.on('Debugger.scriptParsed', ({ params }) => {
    urls.set(params.scriptId, params.url)
  })
  const leave = (place: string): void => {
    clearTimeout(idle)
    session.disconnect()
    writeFileSync(`${file}.new`, place)
    renameSync(`${file}.new`, file)
  }
  const idle = setTimeout(leave, pauseMs, '')
  session.once('Debugger.paused', ({ params }) => {
    const place = params.callFrames
      .map((frame) => ({ ...frame, url: urls.get(frame.location.scriptId) ?? frame.url }))
      .filter(({ url }) => !url.startsWith('node:'))
      .slice(0, mostFrames)
      .map(describe)
      .join(', called by ')
    session.post('Debugger.resume', () => {
      leave(place)
    })
  })
  session.post('Debugger.enable', () => {
    session.post('Debugger.pause')
  })
}

function describe({ functionName, url, location }: Debugger.CallFrame): string {
  const { lineNumber, columnNumber = 0 } = location
  return `${functionName === '' ? 'a function without a name' : functionName} (${url}:${lineNumber + 1}:${columnNumber + 1})`
}

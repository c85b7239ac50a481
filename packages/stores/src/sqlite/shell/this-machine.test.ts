import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { surroundings, thisProcess } from './this-machine.ts'

test('this process runs, and one of its number that started at another time does not', () => {
  const me = thisProcess()
  const { isRunning } = surroundings(me)
  expect(isRunning(me.pid, me.started)).toBe(true)
  if (me.started !== null) expect(isRunning(me.pid, `${me.started}0`)).toBe(false)
})

test('a process that was killed does not run', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const { isRunning } = surroundings(thisProcess())
  const { pid = 0 } = child
  expect(isRunning(pid, null)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isRunning(pid, null)).toBe(false)
})

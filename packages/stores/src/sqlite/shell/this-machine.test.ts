import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { surroundings, thisProcess } from './this-machine.ts'

test('this process runs, and one of its number that started at another time does not', () => {
  const me = thisProcess()
  const { processOf } = surroundings(me)
  expect(processOf(me.pid, me.started)).toBe('runs')
  if (me.started !== null) expect(processOf(me.pid, `${me.started}0`)).toBe('gone')
})

test('a process that was killed does not run', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const { processOf } = surroundings(thisProcess())
  const { pid = 0 } = child
  expect(processOf(pid, null)).toBe('runs')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(processOf(pid, null)).toBe('gone')
})

test.runIf(process.platform === 'linux')('a process that was stopped is told apart until it goes on', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const { processOf } = surroundings(thisProcess())
  const { pid = 0 } = child
  try {
    child.kill('SIGSTOP')
    await expect.poll(() => processOf(pid, null)).toBe('stopped')
    child.kill('SIGCONT')
    await expect.poll(() => processOf(pid, null)).toBe('runs')
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Leaks } from '../model/outcome.ts'
import { runProcess, type RunProcessOptions } from './run-process.ts'

const node = process.execPath
const env = { PATH: process.env['PATH'] ?? '' }

function script(source: string, more: Partial<RunProcessOptions> = {}): RunProcessOptions {
  return { argv: [node, '-e', source], cwd: import.meta.dirname, env, ...more }
}

/** Nobody may have collected an orphan yet: a zombie no longer lives. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

describe('runProcess', () => {
  test('tells how a command exited and hands over all that it printed', async () => {
    let stdout = ''
    let stderr = ''
    const onOutput: RunProcessOptions['onOutput'] = (stream, text) => {
      if (stream === 'stdout') stdout += text
      else stderr += text
    }
    const source = 'process.stdout.write("ä".repeat(200000)); console.error("oops"); process.exitCode = 3'
    expect(await runProcess(script(source, { onOutput }))).toEqual({ kind: 'exited', code: 3 })
    expect(stdout).toBe('ä'.repeat(200_000))
    expect(stderr).toBe('oops\n')
  })

  test('bytes that are not text arrive as replacement characters', async () => {
    let stdout = ''
    const source = 'process.stdout.write(Buffer.from([0x61, 0xff, 0x62]))'
    await runProcess(script(source, { onOutput: (_, text) => (stdout += text) }))
    expect(stdout).toBe('a\ufffdb')
  })

  test('a command that is not there is a value', async () => {
    const ending = await runProcess({ argv: ['no-such-command-here'], cwd: import.meta.dirname, env })
    expect(ending).toMatchObject({ kind: 'not-started', error: { code: 'ENOENT' } })
    expect(await runProcess({ argv: [], cwd: import.meta.dirname, env })).toMatchObject({ kind: 'not-started' })
    expect(await runProcess({ argv: ['a\0b'], cwd: import.meta.dirname, env })).toMatchObject({ kind: 'not-started' })
  })

  test('a folder that is not there is blamed by name, and not the program', async () => {
    const cwd = `${import.meta.dirname}/no such folder`
    const ending = await runProcess(script('', { cwd }))
    expect(ending).toMatchObject({ kind: 'not-started', error: { code: 'ENOENT' } })
    if (ending.kind === 'not-started') expect(ending.error.message).toContain(`${cwd} is not there. Create it`)
  })

  test('short lines printed before process.exit arrive, as through the pipe of a shell', async () => {
    let stdout = ''
    const source = 'for (let i = 0; i < 5000; i++) console.log("line " + i); process.exit(1)'
    const ending = await runProcess(script(source, { onOutput: (_, text) => (stdout += text) }))
    expect(ending).toEqual({ kind: 'exited', code: 1 })
    expect(stdout.trimEnd().split('\n')).toEqual(Array.from({ length: 5000 }, (_, at) => `line ${at}`))
  })

  test('a signal that ended it is named', async () => {
    expect(await runProcess(script('process.kill(process.pid, "SIGKILL")'))).toEqual({
      kind: 'signalled',
      signal: 'SIGKILL',
    })
  })

  test('what it leaves running in its group is ended and counted', async () => {
    const left: Leaks[] = []
    let pids = ''
    const ending = await runProcess({
      argv: ['sh', '-c', 'sleep 600 & echo $!; nohup sleep 600 > /dev/null 2>&1 & echo $!'],
      cwd: import.meta.dirname,
      env,
      onOutput: (_, text) => (pids += text),
      onLeft: (leaks) => left.push(leaks),
    })
    expect(ending).toEqual({ kind: 'exited', code: 0 })
    expect(left).toMatchObject([{ count: 2, processes: [{ command: 'sleep 600' }, { command: 'sleep 600' }] }])
    await expect.poll(() => pids.trim().split('\n').map(Number).filter(isAlive)).toEqual([])
  })

  test('a command that tidies up left nothing', async () => {
    const left: Leaks[] = []
    await runProcess(script('', { onLeft: (leaks) => left.push(leaks) }))
    expect(left).toEqual([])
  })

  test('aborted before the start, nothing runs', async () => {
    expect(await runProcess(script('', { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'not-started' })
  })

  test('reads lines from file descriptor 3, the last one without its end too', async () => {
    const lines: string[] = []
    const source = 'require("fs").writeSync(3, "{\\"a\\":1}\\n\\n{\\"b\\":2}")'
    await runProcess(script(source, { extraFd: (line) => lines.push(line) }))
    expect(lines).toEqual(['{"a":1}', '{"b":2}'])
  })

  test('input reaches the command and is closed', async () => {
    let stdout = ''
    const source = 'process.stdin.pipe(process.stdout)'
    await runProcess(script(source, { input: 'hello', onOutput: (_, text) => (stdout += text) }))
    expect(stdout).toBe('hello')
  })

  test('an abort ends a command that ignores SIGTERM, and its whole group', async () => {
    const stop = new AbortController()
    const pids: number[] = []
    const child = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid)`
    const source = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)
      require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
      console.log(process.pid)`
    const onOutput: RunProcessOptions['onOutput'] = (_, text) => {
      pids.push(...text.trim().split('\n').map(Number))
      if (pids.length === 2) stop.abort()
    }
    const ending = await runProcess(script(source, { signal: stop.signal, graceMs: 50, onOutput }))
    expect(ending).toEqual({ kind: 'signalled', signal: 'SIGKILL' })
    expect(pids).toHaveLength(2)
    await expect.poll(() => pids.filter(isAlive)).toEqual([])
  })

  test('what a command leaves behind in its group is killed, and does not hold the result up', async () => {
    let pid = 0
    const source = `const c = require('child_process').spawn('sleep', ['1000'], { stdio: 'inherit' })
      process.stdout.write(String(c.pid), () => process.exit(0))`
    const ending = await runProcess(script(source, { onOutput: (_, text) => (pid = Number(text)) }))
    expect(ending).toEqual({ kind: 'exited', code: 0 })
    expect(pid).toBeGreaterThan(0)
    await expect.poll(() => isAlive(pid)).toBe(false)
  })
})

// A pipe for what a command prints. Node gives its children sockets, which hold a few hundred short lines: a Node program that
// prints and calls `process.exit` loses whatever does not fit. A pipe holds 64 KiB, as under any shell.
import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One end to read, one to hand to a child. */
export interface OpenPipe {
  readonly reader: Socket
  /** File descriptor to write to; close it once the child has it. */
  readonly writeFd: number
}

/** Opens `count` pipes; nothing where the system has no named ones, such as Windows, or refuses them. */
export function openPipes(count: number): readonly OpenPipe[] | undefined {
  if (process.platform === 'win32') return undefined
  const pipes: OpenPipe[] = []
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(tmpdir(), 'muster-pipe-'))
    const paths = Array.from({ length: count }, (_, at) => `${folder}/${at}`)
    if (spawnSync('mkfifo', paths, { stdio: 'ignore' }).status !== 0) return undefined
    for (const path of paths) pipes.push(openPipe(path))
    return pipes
  } catch {
    closePipes(pipes)
    return undefined
  } finally {
    // What is open stays open without a name.
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** Closes both ends of pipes that no child was given. */
export function closePipes(pipes: readonly OpenPipe[]): void {
  for (const { reader, writeFd } of pipes) {
    closeSync(writeFd)
    reader.destroy()
  }
}

function openPipe(path: string): OpenPipe {
  // To read comes first, and without waiting: opening to write would wait for a reader.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writeFd = openSync(path, constants.O_WRONLY)
  return { reader: new Socket({ fd, readable: true, writable: false }), writeFd }
}

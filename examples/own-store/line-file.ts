// A file of JSON lines that survives a crash: lines that wait go to the disk together, an append resolves once they are
// synced, and half a line at the end, which nobody was told about, is cut off when the file is opened.
import { open } from 'node:fs/promises'

export interface LineFile<Line> {
  /** Resolves once the line is on the disk. Lines keep the order of the calls. */
  append(line: Line): Promise<void>
  close(): Promise<void>
}

/** Opens or makes a file and gives the lines it holds, which are trusted to be what was once appended. */
export async function openLineFile<Line>(
  path: string,
): Promise<{ readonly file: LineFile<Line>; readonly lines: readonly Line[] }> {
  const handle = await open(path, 'a+')
  const bytes = await handle.readFile()
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1)
  if (whole.length < bytes.length) await handle.truncate(whole.length)
  const parse: (text: string) => Line = JSON.parse
  const lines = whole
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => parse(text))

  let waiting: string[] = []
  let last = Promise.resolve()
  let isOpen = true
  const write = async (): Promise<void> => {
    const texts = waiting
    waiting = []
    if (texts.length === 0) return
    await handle.appendFile(texts.join(''))
    await handle.datasync()
  }
  return {
    lines,
    file: {
      append(line) {
        waiting.push(`${JSON.stringify(line)}\n`)
        // After a failed write nothing follows: whether its lines are there is known only at the next opening.
        last = last.then(write)
        return last
      },
      async close() {
        if (!isOpen) return
        isOpen = false
        await last.catch(() => undefined)
        await handle.close()
      },
    },
  }
}

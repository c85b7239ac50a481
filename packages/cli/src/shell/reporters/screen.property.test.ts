// A frame at the end of a terminal, drawn in a real terminal's emulation: whatever is drawn, in whatever order and at whatever
// widths, nothing of an earlier frame may be left behind.
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Screen } from './screen.ts'

/** Rows enough that no frame is pushed out of sight when lines above it wrap: what has scrolled away nobody can erase. */
const rows = 80

class Terminal {
  readonly #terminal: InstanceType<typeof xterm.Terminal>
  #written = ''

  constructor(columns: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: false })
  }

  readonly out = (text: string): void => {
    this.#written += text
    this.#terminal.write(text)
  }
  readonly columns = (): number => this.#terminal.cols
  readonly rows = (): number => rows

  async resize(columns: number): Promise<void> {
    await this.settle()
    this.#terminal.resize(columns, rows)
  }

  async settle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#terminal.write('', resolve)
    })
  }

  /** Every line as it was written, wrapped ones put together. */
  lines(): readonly string[] {
    const { buffer } = this.#terminal
    const lines: string[] = []
    for (let at = 0; at < buffer.active.length; at++) {
      const line = buffer.active.getLine(at)
      const text = line?.translateToString(true) ?? ''
      if (line?.isWrapped === true) lines.push(`${lines.pop() ?? ''}${text}`)
      else lines.push(text)
    }
    while (lines.at(-1) === '') lines.pop()
    return lines
  }

  /** Whether the last word on the cursor was that it be shown. */
  get showsCursor(): boolean {
    return this.#written.lastIndexOf('\u001B[?25h') >= this.#written.lastIndexOf('\u001B[?25l')
  }

  get written(): string {
    return this.#written
  }
}

const word = fc.stringMatching(/^[a-z]{1,12}$/)
const frameLine = fc.string({ unit: fc.constantFrom('#', '.', '|'), minLength: 1, maxLength: 100 })
const step = fc.record({
  columns: fc.integer({ min: 20, max: 100 }),
  frame: fc.array(frameLine, { minLength: 1, maxLength: 8 }),
  above: fc.array(
    fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join('-')),
    { maxLength: 2 },
  ),
})

test('what was said above stays, the newest frame is below it, and nothing else is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const terminal = new Terminal(80)
      const screen = new Screen(terminal)
      const said: string[] = []
      for (const { columns, frame, above } of steps) {
        await terminal.resize(columns)
        const fitting = frame.map((line) => line.slice(0, columns - 1))
        said.push(...above)
        screen.draw(fitting, above)
        await terminal.settle()
        expect(terminal.lines()).toEqual([...said, ...fitting])
        expect(terminal.showsCursor).toBe(false)
      }
      screen.close()
      await terminal.settle()
      expect(terminal.lines()).toEqual(said)
      expect(terminal.showsCursor).toBe(true)
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('a frame that is the same is not drawn again, and of one that differs only the lines that do', async () => {
  const terminal = new Terminal(40)
  const screen = new Screen(terminal)
  screen.draw(['one', 'two', 'three'])
  const { length } = terminal.written
  screen.draw(['one', 'two', 'three'])
  expect(terminal.written).toHaveLength(length)
  screen.draw(['one', 'TWO', 'three'])
  const update = terminal.written.slice(length)
  expect(update).toContain('TWO')
  expect(update).not.toContain('one')
  expect(update).not.toContain('three')
  screen.close()
})

test('a frame that is kept stays where it is, with the cursor below it', async () => {
  const terminal = new Terminal(40)
  const screen = new Screen(terminal)
  screen.draw(['one', 'two'])
  screen.keep()
  terminal.out('next')
  await terminal.settle()
  expect(terminal.lines()).toEqual(['one', 'two', 'next'])
  expect(terminal.showsCursor).toBe(true)
})

test('nothing erases the whole screen at once, which some terminals keep a copy of', () => {
  const terminal = new Terminal(40)
  const screen = new Screen(terminal)
  screen.draw(Array.from({ length: rows - 1 }, (_, at) => `line ${String(at)}`))
  const { length } = terminal.written
  screen.draw(['short'], ['said'])
  screen.close()
  expect(terminal.written.slice(length)).not.toContain('\u001B[0J')
})

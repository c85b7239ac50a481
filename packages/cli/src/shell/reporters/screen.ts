// A frame that lives at the end of the terminal. It owns the cursor while it is there, and gives it back however the process
// goes: at its end, when it is stopped by Ctrl-Z, or when something throws.
import { columnsOf } from '../../terminal/fit-width.ts'
import { drawFrame, eraseFrame } from '../../terminal/draw-frame.ts'
import type { Output } from '../output.ts'

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'

/** What a frame is drawn on. */
export type ScreenOutput = Pick<Output, 'out' | 'columns' | 'rows'>

/** A frame on a terminal. */
export class Screen {
  readonly #output: ScreenOutput
  #shown: readonly string[] = []
  #size: { readonly columns: number; readonly rows: number }
  #isCursorHidden = false

  readonly #giveBack = (): void => {
    this.#show()
  }

  constructor(output: ScreenOutput) {
    this.#output = output
    this.#size = { columns: output.columns(), rows: output.rows() }
    // Also where an error that nobody caught ends the process.
    process.on('exit', this.#giveBack)
  }

  /** Draws the frame, with lines above it that scroll away. */
  draw(frame: readonly string[], above: readonly string[] = []): void {
    this.#forgetOtherSize()
    const text = drawFrame(this.#shown, frame, above)
    if (text === '') return
    this.#output.out(this.#isCursorHidden ? text : hideCursor + text)
    this.#isCursorHidden = true
    this.#shown = frame
  }

  /** Takes the frame away and gives the cursor back; the next `draw` begins anew. */
  leave(): void {
    this.#forgetOtherSize()
    if (this.#shown.length > 0) this.#output.out(eraseFrame(this.#shown.length))
    this.#shown = []
    this.#show()
  }

  /** As {@link leave}, for good. */
  close(): void {
    this.leave()
    process.off('exit', this.#giveBack)
  }

  /** Lets the frame stand as it is and gives the cursor back, for good. */
  keep(): void {
    this.#shown = []
    this.close()
  }

  #show(): void {
    if (!this.#isCursorHidden) return
    this.#isCursorHidden = false
    this.#output.out(showCursor)
  }

  /** A terminal of another width has wrapped what was drawn; it is taken away by the rows that it takes up now. */
  #forgetOtherSize(): void {
    const size = { columns: this.#output.columns(), rows: this.#output.rows() }
    const before = this.#size
    this.#size = size
    if ((size.columns === before.columns && size.rows === before.rows) || this.#shown.length === 0) return
    const taken = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / size.columns)), 0)
    this.#output.out(eraseFrame(Math.min(taken, Math.max(0, size.rows - 1))))
    this.#shown = []
  }
}

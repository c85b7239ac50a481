// The board: what a person sees while a run goes on, as lines that each fit the terminal. It takes up part of it only, since
// failures scroll above; where there are few rows it gives up blank lines first, then lines, the bar last of all.
import { truncateEnd } from '../terminal/fit-width.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { attemptLines } from './attempt-lines.ts'
import type { BoardModel, BoardSize } from './board-model.ts'
import { countLines } from './count-lines.ts'
import { holdLines } from './hold-lines.ts'
import { barLine, timesLine, titleLine } from './head-lines.ts'

/** Fewest columns that anything is laid out for; narrower terminals get lines that are cut. */
const fewestColumns = 20

/** Share of the rows that the board takes at most, and the rows that it gets in any case. */
const shareOfRows = 0.75
const rowsInAnyCase = 10

/** Rows that are for lines; of those beyond, up to three part the board's sections. */
const rowsBeforeBlanks = 10
const sections = 3

/** Lines of the board, none wider than `columns - 1`: a full last column would make some terminals wrap. */
export function renderBoard(model: BoardModel, size: BoardSize, look: Look): readonly string[] {
  const columns = Math.max(fewestColumns, size.columns) - 1
  // The cursor stands in the row below.
  const rows = Math.min(size.rows - 1, Math.max(rowsInAnyCase, Math.floor(size.rows * shareOfRows)))
  const lines = layOut(model, columns, rows, look)
  const cut = size.columns < fewestColumns ? lines.map((line) => cutPainted(line, size.columns - 1)) : lines
  return look.symbols.cut === '…' ? cut : cut.map((line) => line.replaceAll('…', look.symbols.cut))
}

function layOut(model: BoardModel, columns: number, rows: number, look: Look): readonly string[] {
  const bar = barLine(model, columns, look)
  if (rows < 2) return rows < 1 ? [] : [bar]
  const blanks = Math.min(sections, Math.max(0, rows - rowsBeforeBlanks))
  const counts = countLines(model, columns, blanks < sections ? 1 : rows, look)
  const head = [...(rows < 6 ? [] : [titleLine(model, columns, look)]), bar]
  const times = rows < 4 ? [] : [timesLine(model, columns, look)]
  const held = rows < 8 ? [] : holdLines(model.held, columns, look)
  const room = { columns, rows: rows - blanks - head.length - times.length - held.length - counts.length }
  const attempts = room.rows < 1 ? [] : attemptLines(model, room, look)
  const gap = (from: number): readonly string[] => (blanks >= from ? [''] : [])
  return [...gap(1), ...head, ...times, ...gap(2), ...attempts, ...held, ...gap(3), ...counts]
}

/** For terminals too narrow for any layout: only plain characters are kept. */
function cutPainted(text: string, columns: number): string {
  return truncateEnd(oneLine(text), Math.max(1, columns))
}

// JSON with an error that names the line, which V8 tells in some messages only.
import { lineAt, unreadable } from '../read/unreadable.ts'

/** Parses `text`, or throws `INPUT_UNREADABLE` that names source and line. `what` says what was expected. */
export function parseJson(text: string, source: string, what: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
    return parsed
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw unreadable({ source, line: lineOf(text, said) }, what, `broken JSON (${said.slice(0, 200)})`)
  }
}

function lineOf(text: string, said: string): number | undefined {
  const line = /\(line (\d+) column \d+\)/.exec(said)?.[1]
  if (line !== undefined) return Number(line)
  const position = /at position (\d+)/.exec(said)?.[1]
  if (position !== undefined) return lineAt(text, Number(position))
  if (said.includes('end of JSON input')) return lineAt(text, text.length)
  // Otherwise the message quotes what stands there: `Unexpected token 'x', ..."b": x }"... is not valid JSON`.
  const quoted = /, (?:\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(said)?.[1]
  const token = /^Unexpected token '([\s\S]*)', /.exec(said)?.[1]
  const at = quoted === undefined ? -1 : text.indexOf(quoted)
  if (at === -1 || quoted === undefined || token === undefined) return undefined
  return lineAt(text, at + Math.max(0, quoted.indexOf(token)))
}

// Descriptions and values in TAP. A `#` begins a directive and a line end a new test, so both are taken care of in one place.
import { plainLine } from '../text/plain-text.ts'

/** A description on one line, with what TAP would read as a directive escaped. */
export function tapDescription(text: string): string {
  return plainLine(text).replace(/\\/g, '\\\\').replace(/#/g, '\\#')
}

/** A value for a YAML diagnostic: a block where a person would want one, otherwise a quoted text, which is JSON. */
export function yamlText(text: string, indent: string): string {
  return isBlock(text)
    ? `|-\n${text
        .split('\n')
        .map((line) => `${indent}  ${line}`)
        .join('\n')}`
    : yamlValue(text)
}

/** Any value on one line: JSON, in which nothing is left that YAML takes for the end of a line. */
export function yamlValue(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0085\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Whether a text survives as a literal block: several lines, none of which YAML would read otherwise. */
function isBlock(text: string): boolean {
  if (
    !text.includes('\n') ||
    /[^\n\u0020-\u007e\u00a0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)
  )
    return false
  return /^\S/.test(text) && !/\s$/.test(text)
}

/** A description and its directive. */
export interface TapDescription {
  readonly text: string
  readonly directive?: { readonly kind: 'skip' | 'todo'; readonly reason: string } | undefined
  /** From a `# time=12ms`, as node-tap writes it. */
  readonly durationMs?: number | undefined
}

/** What stands after the number of a test point. */
export function parseDescription(given: string): TapDescription {
  const text = given.replace(/^-(?:[ \t]+|$)/, '').trimEnd()
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    if (at > 0 && text[at - 1] !== ' ' && text[at - 1] !== '\t') continue
    // Only a few characters are looked at, since a line may hold any number of these.
    const start = text.slice(at + 1, at + 60).trimStart()
    const mark = /^(skip|todo)\S{0,20}(?:[ \t]|$)/i.exec(start)
    const time = /^time=(\d{1,15}(?:\.\d{1,15})?)ms/.exec(start)?.[1]
    if (mark === null && time === undefined) continue
    const before = unescape(text.slice(0, at).trimEnd())
    if (mark === null) return { text: before, durationMs: Number(time) }
    const reason = text
      .slice(at + 1)
      .trimStart()
      .slice(mark[0].length)
    const kind = mark[1]?.toLowerCase() === 'skip' ? 'skip' : 'todo'
    return { text: before, directive: { kind, reason: unescape(reason.trim()) } }
  }
  return { text: unescape(text) }
}

function unescape(text: string): string {
  return text.replace(/\\([\\#])/g, '$1')
}

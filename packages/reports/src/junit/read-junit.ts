// Reads JUnit XML of any producer. Tolerant where runners are known to be sloppy, and firm where tolerance would lose results
// or let a document do harm: document types with entities of their own are refused, and what breaks off is said to.
import { SaxesParser } from 'saxes'
import { ProblemLog } from '../read/problem-log.ts'
import type { ReadCases, ReadOptions } from '../read/read-cases.ts'
import { lineAt, unreadable } from '../read/unreadable.ts'
import { countText } from '../text/count-text.ts'
import { cleanXml } from './clean-xml.ts'
import { JunitReading } from './junit-reading.ts'

/**
 * The cases of a JUnit XML document: Surefire, pytest, Vitest, Jest, Mocha, Playwright, Node, Go, GoogleTest, PHPUnit and
 * others. Throws `INPUT_UNREADABLE` with file and line where nothing can be read.
 *
 * @example
 * ```ts
 * const { cases } = readJunit('<testsuite name="a"><testcase name="b" time="0.25"/></testsuite>')
 * // [{ path: ['a', 'b'], result: 'passed', durationMs: 250 }]
 * ```
 */
export function readJunit(text: string, options: ReadOptions = {}): ReadCases {
  const log = new ProblemLog(options)
  const start = rootStart(text)
  if (start === -1) throw unreadable({ source: log.source, line: 1 }, 'JUnit XML', 'text without an XML element')
  const before = text.slice(0, start)
  if (before.replace(/^\ufeff/, '').trim() !== '') log.add('ignored', 'text before the document was left out', 1)
  const clean = cleanXml(text.slice(start))
  if (clean.repairs > 0) {
    const many = clean.repairs === 1 ? 'a character or reference' : `${clean.repairs} characters or references`
    log.add('malformed', `${many} that XML forbids: put right`, lineAt(text, start + clean.firstAt))
  }
  const reading = new JunitReading(log)
  const mistakes = parse(clean.text, reading, { log, firstLine: lineAt(text, start) })
  if (mistakes > 0) noteSwallowed(clean.text, reading, log)
  return log.close('junit', reading.cases)
}

/** Where the document starts: programs print before it. */
function rootStart(text: string): number {
  const starts = ['<?xml', '<testsuite', '<!DOCTYPE'].map((mark) => text.indexOf(mark)).filter((at) => at !== -1)
  return starts.length === 0 ? text.indexOf('<') : Math.min(...starts)
}

/** Mistakes read past at most: a document with more is no longer what it was meant to be. */
const mostMistakes = 1000

/** Thrown to leave the parser, which would otherwise guess on. */
class Stopped extends Error {}

interface Position {
  readonly log: ProblemLog
  readonly firstLine: number
}

/** The only entities there are. Without a prototype, so that `&constructor;` is as unknown as any other. */
const xmlEntities: Record<string, string> = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" }
Object.setPrototypeOf(xmlEntities, null)

/** Parses, and counts the mistakes that it read past. */
function parse(text: string, reading: JunitReading, { log, firstLine }: Position): number {
  let mistakes = 0
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.ENTITIES = xmlEntities
  const line = (): number => firstLine + parser.line - 1
  parser.on('doctype', (doctype) => {
    if (!doctype.includes('[')) return
    throw unreadable(
      { source: log.source, line: line() },
      'a document without entities of its own',
      'a document type with them',
    )
  })
  parser.on('opentag', ({ name, attributes }) => reading.open(name, attributes, line()))
  parser.on('closetag', () => reading.close())
  parser.on('text', (piece) => reading.text(piece))
  parser.on('cdata', (piece) => reading.text(piece))
  const judgeError = (message: string, at: number): void => {
    const said = message.replace(/\.$/, '')
    if (isLexical(said) && mistakes < mostMistakes) {
      mistakes += 1
      log.add('malformed', `read past a mistake in the XML: ${said}`, at)
      return
    }
    const open = reading.openName
    // The parser closes an open element before it says that the tag belongs to another.
    if (said === 'unexpected close tag') reading.takeBack()
    if (!reading.hasRoot) throw unreadable({ source: log.source, line: at }, 'JUnit XML', `broken XML (${said})`)
    log.add('truncated', `the document breaks off in ${open} (${said}); what was complete is kept`, at)
    throw new Stopped(said)
  }
  parser.on('error', ({ message }) => judgeError(message, line()))
  try {
    parser.write(text).close()
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
  return mistakes
}

/** A quote that was never closed swallows the elements after it, and every tag still seems to fit. */
function noteSwallowed(text: string, reading: JunitReading, log: ProblemLog): void {
  const written = withoutLiterals(text).split(/<testcase[\s/>]/).length - 1
  if (written <= reading.openedCases) return
  log.add(
    'missing',
    `${countText(written - reading.openedCases, 'testcase')} could not be told from the text around them`,
  )
}

/** `text` without CDATA sections and comments, which may quote anything. */
function withoutLiterals(text: string): string {
  let kept = ''
  let at = 0
  while (at < text.length) {
    const cdata = text.indexOf('<![CDATA[', at)
    const comment = text.indexOf('<!--', at)
    const isCdata = cdata !== -1 && (comment === -1 || cdata < comment)
    const start = isCdata ? cdata : comment
    if (start === -1) return kept + text.slice(at)
    kept += text.slice(at, start)
    const end = text.indexOf(isCdata ? ']]>' : '-->', start)
    at = end === -1 ? text.length : end + 3
  }
  return kept
}

/** Mistakes inside a name, a value or a text, after which the tags still make sense. */
const lexical: readonly string[] = [
  'disallowed character',
  'undefined entity',
  'malformed character entity',
  'empty entity name',
  'duplicate attribute',
  'the string "]]>"',
  'malformed comment',
  'text data outside of root node',
  'no whitespace between attributes',
  'the XML declaration',
  'an XML declaration',
  'XML declaration',
  'version number',
  'encoding value',
  'standalone value',
]

function isLexical(said: string): boolean {
  if (said === 'disallowed character in tag name' || said === 'disallowed character in closing tag') return false
  return lexical.some((start) => said.startsWith(start))
}

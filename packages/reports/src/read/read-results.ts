// One door for results of unknown form. The content decides, never the name of the file: half of all runners let people choose
// that name.
import { ctrfCases } from '../ctrf/read-ctrf.ts'
import { isFields, listAt, own, fieldsAt } from '../json/own-fields.ts'
import { parseJson } from '../json/parse-json.ts'
import { reportJsonCases } from '../json/read-report-json.ts'
import { readJunit } from '../junit/read-junit.ts'
import { readTap, tapMark } from '../tap/read-tap.ts'
import type { ReadCases, ReadOptions } from './read-cases.ts'
import { sourceOf } from './source-of.ts'
import { unreadable } from './unreadable.ts'

const expected = 'JUnit XML, CTRF, TAP or a report of Muster'

/**
 * The cases of a document in any known format. Throws `INPUT_UNREADABLE` that names the source where it is none of them.
 *
 * @example
 * ```ts
 * const { format, cases, isComplete, warnings } = readResults(text, { source: 'results/junit.xml' })
 * ```
 */
export function readResults(text: string, options: ReadOptions = {}): ReadCases {
  const at = { source: sourceOf(options), line: 1 }
  const start = text
    .replace(/^\ufeff/, '')
    .slice(0, 2000)
    .trimStart()
  if (start === '' && text.trim() === '') throw unreadable(at, expected, 'nothing: it is empty')
  if (start.startsWith('{') || start.startsWith('[')) return readJson(text, options)
  if (start.startsWith('<')) return readJunit(text, options)
  // Programs print before their results: the first mark of a format decides.
  const xml = text.search(/<(?:\?xml|testsuites?[\s>])/)
  const tap = tapMark.exec(text)?.index ?? -1
  if (xml !== -1 && (tap === -1 || xml < tap)) return readJunit(text, options)
  if (tap !== -1) return readTap(text, options)
  throw unreadable(
    at,
    expected,
    start.includes('\u0000') ? 'binary data' : `text that starts with ${JSON.stringify(start.slice(0, 40))}`,
  )
}

function readJson(text: string, options: ReadOptions): ReadCases {
  const source = sourceOf(options)
  const document = parseJson(text, source, expected)
  if (isFields(document)) {
    if (listAt(document, 'tasks') !== undefined && own(document, 'version') !== undefined) {
      return reportJsonCases(document, options)
    }
    const results = fieldsAt(document, 'results')
    if (results !== undefined && listAt(results, 'tests') !== undefined) return ctrfCases(document, options)
  }
  throw unreadable({ source }, expected, 'JSON that is neither')
}

// A text as the rules see it: capped in length, without colours and what logs put before each line, and each line with the
// part that it plays. What an assertion quotes, what a frame of a stack names and what a program only warned of is not what
// went wrong.

import type { LineRole, LogLine } from './log-line.ts'
import { withoutNoise } from './passed-lines.ts'

/** How much is looked at, in characters: of a text a third from its start and the rest from its end, and of a line. */
const looked = { text: 72_000, lineHead: 1500, lineTail: 500 }

/** The longest block of values that one assertion is taken to quote, in lines. */
const longestBlock = 30

/** The lines of a text that rules look at, in order; of the text no more than `longest` characters. */
export function logLines(text: string, longest: number = looked.text): readonly LogLine[] {
  const lines: LogLine[] = []
  const block = new QuotedBlock()
  const all = numbered(text, longest)
  for (const [at, { number, raw }] of all.entries()) {
    if (raw === '' || raw.trim() === '') continue
    const plain = cutMiddle(raw, looked.lineHead, looked.lineTail)
    const stripped = withoutPrefix(plain)
    if (stripped === '') continue
    const role = isPointedAt(all[at + 1]) ? 'frame' : roleOf(plain, stripped, block)
    lines.push({ number, text: stripped, role, ...(/^\s/.test(plain) ? { isIndented: true } : {}) })
  }
  return withoutNoise(lines)
}

interface Numbered {
  readonly number: number
  readonly raw: string
}

/** Start and end of a long text; what lies between them only counts as lines. */
function numbered(text: string, longest: number): readonly Numbered[] {
  if (text.length <= longest) return linesFrom(text, 1)
  const head = text.slice(0, Math.floor(longest / 3))
  const tail = text.slice(head.length - longest)
  const before = countEnds(text, text.length - tail.length)
  return [...linesFrom(head, 1), ...linesFrom(tail, before + 1)]
}

function linesFrom(text: string, first: number): readonly Numbered[] {
  return plainOf(text)
    .split('\n')
    .map((raw, at) => ({ number: first + at, raw }))
}

function countEnds(text: string, until: number): number {
  let count = 0
  // Where every character may be one, asking each is many times quicker than searching for the next.
  for (let at = 0; at < until; at += 1) if (text.charCodeAt(at) === 10) count += 1
  return count
}

/** Colours, returns of the carriage and characters that nobody sees. */
function plainOf(text: string): string {
  return text.replace(/\u001b\[[0-9;?]{0,20}[A-Za-z]/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/g, '')
}

/** A line of source code, under which an arrow points at the place. */
function isPointedAt(next: Numbered | undefined): boolean {
  return next?.raw.includes('^') === true && /^[ \t|~]{0,500}[\^~]{1,200}[ \t]{0,20}$/.test(next.raw.slice(0, 600))
}

function cutMiddle(line: string, head: number, tail: number): string {
  return line.length <= head + tail ? line : `${line.slice(0, head)} … ${line.slice(-tail)}`
}

/** What logs and reporters put before what was said; taken off as long as there is one. */
const prefixes: readonly RegExp[] = [
  /^\s{1,200}/,
  /^\d{4}[-/.]\d\d[-/.]\d\d[T -]\d\d[:.]\d\d[:.]\d\d[\d.,:]{0,12}(?:Z|[+-]\d\d:?\d\d)?:?\s/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?\s/,
  /^\d{1,12} (?=\[)/,
  /^#\d{1,4} (?:\d{1,6}\.\d{1,4} )?(?=\D)/,
  /^##\[(?:error|warning|debug|command|group)\]/,
  /^::(?:error|warning)[^:]{0,200}::/,
  /^\[(?:ERROR|WARN|WARNING|INFO|FATAL|DEBUG|SEVERE|err|stderr|STDERR)\]\s?/,
  /^(?:INFO|ERROR|WARNING|CRITICAL|FATAL) {1,4}- /,
  /^E {3,12}/,
  /^[>*|!✕✖✘×●│┃➤] /u,
  /^(?:npm ERR! |npm error |gyp ERR! stack |Caused by: |Suppressed: )/,
  /^(?:PID \d{1,9} \| )/,
  /^(?:FAILED|ERROR) \S{1,300} - (?=\S)/,
]

function withoutPrefix(line: string): string {
  let text = line
  for (let round = 0; round < 6; round += 1) {
    const before = text.length
    for (const prefix of prefixes) text = text.replace(prefix, '')
    if (text.length === before) break
  }
  return text.trimEnd()
}

const frame =
  /^(?:at [\w$.<>[\]/\\(@ ]|File "|\d{1,4}: (?:0x)?[0-9a-fA-F]{4}|from \S{1,200}:\d+:in |\.{3} \d+ (?:more|common)|goroutine \d)|^#\d{1,3} {1,3}0x|^>? {0,6}\d{1,6} \|/
/** That some process ended with a code of its own is known already, and tells nothing. */
const ended =
  /^(?:\W{0,4}error:? (?:MSB3073: )?)?(?:the )?(?:process|command|script|job|task|step|recipe|program|bash)\b.{0,200}\bexit(?:ed)?(?: with)?(?: code| status)?:? '?[1-9]\d?'?\.?$|^(?:error:? )?command failed\s{0,9}$|^(?:error:? )?test failed, to rerun pass\b|\bdid not complete successfully: exit code: [1-9]\d?$|^(?:error:? )?Process completed with exit code [1-9]\d?\.?$/i
const warning =
  /^\s*(?:\[?(?:WARN|WARNING|DEBUG|TRACE)\]?:?[ \t]|npm WARN|npm warn|##\[warning\]|warning: |\(node:\d+\) \[?(?:\w{1,40}Warning|DEP)|(?:failed|error|unable) (?:to )?upload)/i
const opening =
  /(?:^|[\s:.])(?:AssertionError|AssertError|AssertionFailedError|JestAssertionError|ComparisonFailure|MultipleFailuresError|ExpectationNotMetError)\b|^expect\(|^assertion (?:`|failed|left)|^(?:assert|Failed asserting|Expecting|Failure\/Error:) |^panicked at 'assertion|\bmismatch \(-\w{1,20} \+\w{1,20}\)|^Error Trace:/
const closing =
  /^(?:at |Node\.js v|FAIL\b|PASS\b|={3,}|not ok |ok \d|Caused by: |--- |# |[✓✗✕×] |\d+\) |[\w$.]{1,100}(?:Exception|Error)(?::|$))/
const value =
  /^(?:actual|expected|received|operator|diff|generatedMessage|want|got|left|right|Snapshot|Timeout|Messages?|Diff|Expected(?: [a-z]{1,20}){0,2}|Received(?: (?:string|value|message|name|object|array|number|length|path|structure|element|calls?))?|Actual(?: [a-z]{1,20}){0,2}) {0,4}:|^- Expect "/
/** A line that says itself what was there and what should have been: its values are quoted, whatever they speak of. */
const compared =
  /\b(?:got|have|actual)\b.{1,300}[,;:] ?(?:want|wanted|expected)\b|\b(?:want|wanted)\b.{1,300}[,;:]? ?\b(?:got|have)\b|^Error:[ \t]{2,40}(?:Not equal|Not same|Should |Expected |Elements differ|"[^\n]{0,300}" (?:does not|should)|Max difference|Condition )|\bmismatch \(-\w{1,20} \+\w{1,20}\)|\bDID NOT (?:RAISE|WARN)\b/
/** A setting that is told, not a limit that passed. */
const setting =
  /^(?:[\w.-]{1,30}[ _-]){0,6}time-?out(?:[ _-]?(?:ms|s|sec|seconds|method|in))?(?: is| was)?(?: set)?(?: to|:| =|=)? ?(?:\d[\d.,]{0,12} ?(?:ms|s|sec|secs|seconds?|m|min|mins|minutes?|h)?|signal|thread|never|none|default)\.?$/i
/** A programme that writes of errors, as a manual does, is not one that has them. */
const prose =
  /^(?:Note|Hint|Tip|Usage hints?|See also|Example|Documentation)\b:? .{0,300}\b(?:if|when|usually|may|might|means?|errors?|raise|see)\b|\bby (?:test )?design\b|\b(?:is|are|was|were) (?:handled|expected|simulated|mocked|ignored|retried) (?:by|in|here|on|for|as)\b/i

/** A test that passed, by its name: what it is about says nothing of a failure. */
const passed =
  /^\s{0,40}(?:[✓✔√] |ok \d|PASS[: ]|PASSED\b|--- PASS|\[ {1,6}(?:OK|PASSED|RUN) {0,6}\]|# Subtest|=== RUN)|\sPASSED(?: {1,4}\[[^\]]{0,40}\])?\s{0,4}$|\.{3} ok$/u
/** A test that failed, by its name alone. */
const failedName =
  /^\s{0,40}(?:[✕✗×] |✖ [^\dETF[]|not ok \d|--- FAIL: |FAIL {1,4}\S{1,200}\.\w{1,5}(?: |$)|● .{1,200} › )/u

/** Which lines belong to the values that an assertion quotes. */
class QuotedBlock {
  #left = 0
  /** pytest marks every line of an error. */
  #isMarked = false
  /** A quoted value goes on over several lines. */
  #isOpen = false

  roleOf(raw: string, stripped: string): 'quoted' | 'block' | undefined {
    if (opening.test(stripped)) {
      this.#left = longestBlock
      this.#isMarked = /^\s*E {3}/.test(raw)
      return 'quoted'
    }
    // What was really received is no quotation: testify says so of an error that nobody expected.
    if (/^Error:[ \t]{2,40}Received unexpected/.test(stripped)) {
      this.#left = 0
      return undefined
    }
    if (value.test(stripped) || compared.test(stripped)) {
      this.#isOpen = /: {1,9}"[^"]{0,2000}$/.test(stripped)
      return 'quoted'
    }
    if (this.#isOpen) {
      this.#isOpen = !stripped.endsWith('"')
      return 'block'
    }
    if (this.#left === 0) return undefined
    this.#left -= 1
    const isOver = closing.test(raw.trimStart()) || (this.#isMarked && !/^\s*E {3}/.test(raw))
    if (isOver) this.#left = 0
    return isOver ? undefined : 'block'
  }
}

function roleOf(raw: string, stripped: string, block: QuotedBlock): LineRole {
  if (passed.test(raw)) return 'frame'
  if (failedName.test(raw)) return 'block'
  const quoted = block.roleOf(raw, stripped)
  if (quoted !== undefined) return quoted
  if (frame.test(stripped) || ended.test(stripped) || setting.test(stripped) || prose.test(stripped)) return 'frame'
  return warning.test(raw) ? 'warned' : 'said'
}

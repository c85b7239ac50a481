// The difference between what a test expected and what it got, found in the text of its failure. Runners print it for people,
// each in its own way; a report that can colour it line by line saves the reader the hunt. What is not recognised stays text.
import type { Failure } from '@muster/core'

/** One line of a difference. */
export interface DiffLine {
  readonly kind: 'expected' | 'actual' | 'same'
  readonly text: string
}

/** A failure's text in parts. */
export interface FailureText {
  /** What happened, without the difference. */
  readonly message: string
  /** Empty where the text holds none that is recognised. */
  readonly diff: readonly DiffLine[]
  /** The stack, without message and difference; empty where there is none. */
  readonly stack: string
}

/** Lines of a difference at most; what runners print is shorter. */
const mostLines = 400

/** The parts of a failure's text. */
export function failureText({ message, stack = '' }: Pick<Failure, 'message' | 'stack'>): FailureText {
  const inStack = blockIn(stack)
  const inMessage = blockIn(message)
  const diff = inStack?.diff ?? inMessage?.diff ?? pairIn(message) ?? []
  const said = (inMessage?.rest ?? message).trim()
  return {
    message: said === '' ? message.trim() : said,
    diff,
    stack: withoutMessage(inStack?.rest ?? stack, message).trim(),
  }
}

/** Headings under which runners print lines with a sign, and the sign of what was expected. */
const headings: readonly (readonly [RegExp, '+' | '-'])[] = [
  // Vitest and Jest.
  [/^- Expected(?: {1,3}- \d{1,6})?\n\+ Received(?: {1,3}\+ \d{1,6})?\n/m, '-'],
  // Node.
  [/^\+ actual - expected.{0,40}\n/m, '-'],
  // Mocha.
  [/^ {0,8}\+ expected - actual\n/m, '+'],
]

function blockIn(text: string): { readonly diff: readonly DiffLine[]; readonly rest: string } | undefined {
  for (const [heading, expectedSign] of headings) {
    const found = heading.exec(text)
    if (found === null) continue
    const lines = text.slice(found.index + found[0].length).split('\n')
    const diff: DiffLine[] = []
    let used = 0
    for (const line of lines.slice(0, mostLines)) {
      if (!isOfBlock(line)) break
      used += 1
      const sign = line.trimStart().charAt(0)
      if (line.trim() === '') {
        if (diff.length > 0) diff.push({ kind: 'same', text: '' })
      } else if (sign === '+' || sign === '-') {
        const kind = sign === expectedSign ? 'expected' : 'actual'
        diff.push({ kind, text: line.slice(line.indexOf(sign) + 1).replace(/^ /, '') })
      } else diff.push({ kind: 'same', text: line.replace(/^ {2}/, '') })
    }
    while (diff.at(-1)?.text === '') diff.pop()
    if (!diff.some(({ kind }) => kind !== 'same')) continue
    return { diff, rest: `${text.slice(0, found.index)}\n${lines.slice(used).join('\n')}` }
  }
  return undefined
}

/** Lines of a block begin with a sign or a blank; an error's own line or a frame ends it. */
function isOfBlock(line: string): boolean {
  return (line === '' || /^[ +\-@.]/.test(line)) && !/^ {4,}at /.test(line)
}

/** Two values named in one sentence. */
const pairs: readonly RegExp[] = [
  /^ *Expected(?: value)?: {1,4}(?<expected>[^\n]{1,500})\n *(?:Received|Actual|But was)(?: value)?: {1,4}(?<actual>[^\n]{1,500})$/im,
  /^expected:? ?<(?<expected>[^\n>]{0,500})> but was:? ?<(?<actual>[^\n>]{0,500})>/im,
  /^Expected values to be (?:strictly |loosely )?(?:equal|deep-equal):\n\n(?<actual>[^\n]{1,500}) !==? (?<expected>[^\n]{1,500})$/im,
]

function pairIn(message: string): readonly DiffLine[] | undefined {
  for (const pair of pairs) {
    const { expected, actual } = pair.exec(message)?.groups ?? {}
    if (expected === undefined || actual === undefined) continue
    return [
      { kind: 'expected', text: expected },
      { kind: 'actual', text: actual },
    ]
  }
  return undefined
}

/** A stack begins with the name of the error and its message, which stand above it already. */
function withoutMessage(stack: string, message: string): string {
  const text = stack.trim()
  const head = /^(?:[\w$.]{1,80}(?: \[[\w]{1,80}\])?: )?/.exec(text)?.[0] ?? ''
  const rest = text.slice(head.length)
  const first = message.trim()
  if (first !== '' && rest.startsWith(first)) return rest.slice(first.length)
  const line = first.split('\n', 1)[0] ?? ''
  const isFrames = /^\s{2,8}at /.test(rest.slice(rest.indexOf('\n') + 1))
  return line !== '' && rest.startsWith(line) && isFrames ? rest.slice(line.length) : text
}

// Turns the events of an XML parser into cases. It keeps its own stack, refuses documents that nest beyond reason, and drops a
// case whose end never came.
import type { CaseResult } from '@muster/core'
import type { ProblemLog } from '../read/problem-log.ts'
import { unreadable } from '../read/unreadable.ts'
import { countText } from '../text/count-text.ts'
import { caseIdentity, type SuiteTitle } from './case-identity.ts'
import { caseOfFrame, failureOfMark } from './case-of-frame.ts'
import type { Frame, Mark, SuiteFrame } from './junit-frame.ts'
import { parseSeconds } from './parse-seconds.ts'

/** Elements inside each other at most; real documents stay below 20. */
const deepest = 100
/** Text kept of one element, in characters. */
const longestText = 20_000

const markTags: ReadonlySet<string> = new Set([
  'failure',
  'error',
  'skipped',
  'flakyFailure',
  'flakyError',
  'rerunFailure',
  'rerunError',
])

/** The state of reading one document. */
export class JunitReading {
  readonly #cases: CaseResult[] = []
  readonly #log: ProblemLog
  readonly #stack: Frame[] = []
  #suites: readonly SuiteTitle[] = []
  #producer = ''
  /** Whether the last event was the end of a case, which an unexpected tag would take back. */
  #justClosedCase = false
  #openedCases = 0

  constructor(log: ProblemLog) {
    this.#log = log
  }

  /** Cases whose end was read, in the order of the document. */
  get cases(): readonly CaseResult[] {
    return this.#cases
  }

  /** Whether a root element of the format was seen. */
  get hasRoot(): boolean {
    return this.#producer !== ''
  }

  /** Cases that were begun, whether or not their end came. */
  get openedCases(): number {
    return this.#openedCases
  }

  /** What is open, for messages: the innermost case or suite. */
  get openName(): string {
    const open = this.#stack.findLast((frame) => frame.kind === 'case' || frame.kind === 'suite')
    if (open?.kind === 'case') return `testcase "${open.attributes['name'] ?? ''}"`
    return open?.kind === 'suite' ? `testsuite "${open.name}"` : 'the root element'
  }

  /** Takes in the beginning of an element. */
  open(tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    this.#justClosedCase = false
    if (this.#stack.length >= deepest) {
      const at = { source: this.#log.source, line }
      throw unreadable(at, `at most ${deepest} elements inside each other`, 'more')
    }
    const name = tag.slice(tag.indexOf(':') + 1)
    this.#stack.push(this.#frame(name, attributes, line))
  }

  /** Takes in text of the innermost open element. */
  text(text: string): void {
    const top = this.#stack.at(-1)
    if (top?.kind !== 'mark' && top?.kind !== 'stack') return
    if (top.mark.text.length < longestText) top.mark.text += text.slice(0, longestText)
  }

  /** Takes in the end of the innermost open element. */
  close(): void {
    const frame = this.#stack.pop()
    this.#justClosedCase = frame?.kind === 'case'
    switch (frame?.kind) {
      case 'case':
        this.#closeCase(frame)
        return
      case 'suite':
        this.#closeSuite(frame)
        return
      case 'mark':
        this.#closeMark(frame.mark)
        return
      case 'root':
      case 'stack':
      case 'other':
      case undefined:
    }
  }

  /** Takes back the case that was just closed: its end tag belongs to something else. */
  takeBack(): void {
    if (this.#justClosedCase) this.#cases.pop()
    this.#justClosedCase = false
  }

  #frame(tag: string, attributes: Readonly<Record<string, string>>, line: number): Frame {
    const parent = this.#stack.at(-1)
    if (parent === undefined) this.#checkRoot(tag, attributes, line)
    if (tag === 'testsuite') return this.#openSuite(attributes, line)
    if (tag === 'testcase') {
      this.#openedCases += 1
      return { kind: 'case', line, attributes, marks: [] }
    }
    if (parent?.kind === 'case' || parent?.kind === 'suite') {
      if (!markTags.has(tag)) return { kind: 'other' }
      const mark: Mark = { tag, type: attributes['type'], message: attributes['message'], text: '' }
      if (parent.kind === 'case') parent.marks.push(mark)
      return { kind: 'mark', mark }
    }
    if (parent?.kind === 'mark' && tag === 'stackTrace') return { kind: 'stack', mark: parent.mark }
    return parent === undefined ? { kind: 'root' } : { kind: 'other' }
  }

  #checkRoot(tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    if (tag !== 'testsuites' && tag !== 'testsuite' && tag !== 'testcase') {
      const at = { source: this.#log.source, line }
      throw unreadable(
        at,
        'JUnit XML with the root element `testsuites` or `testsuite`',
        `the root element \`${tag.slice(0, 80)}\``,
      )
    }
    this.#producer = (tag === 'testsuites' ? attributes['name'] : undefined) ?? 'unknown'
  }

  #openSuite(attributes: Readonly<Record<string, string>>, line: number): SuiteFrame {
    const parent = this.#stack.at(-1)
    if (parent?.kind === 'suite') parent.children += 1
    const suite: SuiteFrame = {
      kind: 'suite',
      line,
      name: attributes['name'] ?? '',
      file: attributes['file'] ?? attributes['filepath'],
      tests: count(attributes['tests']),
      failed: count(attributes['failures']) + count(attributes['errors']),
      children: 0,
      foundTests: 0,
      foundFailed: 0,
    }
    this.#suites = [...this.#suites, suite]
    return suite
  }

  #closeCase(frame: Extract<Frame, { kind: 'case' }>): void {
    const { attributes, line } = frame
    const suite = this.#stack.findLast((open) => open.kind === 'suite')
    const name = attributes['name'] ?? ''
    if (name === '') this.#log.add('malformed', 'a testcase has no name', line)
    const time = attributes['time']
    if (time !== undefined && time.trim() !== '' && parseSeconds(time) === undefined) {
      this.#log.add(
        'malformed',
        `the time of testcase "${name}" is no time: ${JSON.stringify(time.slice(0, 40))}`,
        line,
      )
    }
    const identity = caseIdentity({
      suites: this.#suites,
      producer: this.#producer,
      classname: attributes['classname'] ?? '',
      name: name === '' ? '(no name)' : name,
      file: attributes['file'],
    })
    const one = caseOfFrame(frame, identity, this.#suites.some((open) => open.name === 'pytest') ? 0 : 1)
    this.#cases.push(one)
    if (suite === undefined) return
    suite.children += 1
    suite.foundTests += 1
    if (one.result === 'failed' || one.result === 'timed-out') suite.foundFailed += 1
  }

  #closeSuite(suite: SuiteFrame): void {
    this.#suites = this.#suites.slice(0, -1)
    const outer = this.#stack.findLast((open) => open.kind === 'suite')
    if (outer !== undefined) {
      outer.foundTests += suite.foundTests
      outer.foundFailed += suite.foundFailed
    }
    if (suite.failed > 0 && suite.foundFailed === 0) {
      const message = `testsuite "${suite.name}" announces ${countText(suite.failed, 'failure or error', 'failures or errors')}, but none of its cases shows one`
      this.#log.add('missing', message, suite.line)
    }
    const found = Math.max(suite.foundTests, suite.children)
    if (suite.tests > found) {
      const message = `testsuite "${suite.name}" announces ${countText(suite.tests, 'test')} and holds ${found}`
      this.#log.add('count-differs', message, suite.line)
    }
  }

  /** A failure beside the cases of a suite: a set-up that failed, mostly. It must not get lost. */
  #closeMark(mark: Mark): void {
    const parent = this.#stack.at(-1)
    if (parent?.kind !== 'suite' || (mark.tag !== 'failure' && mark.tag !== 'error')) return
    const { path, file } = caseIdentity({
      suites: this.#suites.slice(0, -1),
      producer: this.#producer,
      classname: '',
      name: parent.name === '' ? '(no name)' : parent.name,
      file: parent.file,
    })
    const failure = failureOfMark(mark)
    this.#cases.push({ path, ...(file === undefined ? {} : { file }), result: 'failed', durationMs: 0, failure })
    parent.foundFailed += 1
  }
}

function count(text: string | undefined): number {
  const value = Number(text)
  return text !== undefined && Number.isInteger(value) && value > 0 ? value : 0
}

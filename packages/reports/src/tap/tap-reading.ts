// Turns lines of TAP into cases. Subtests are kept on a stack of their own, so that depth costs no recursion; what was planned
// is compared with what came, because in TAP a missing test is a failed one.
import type { CaseResult } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { isBad } from '../cases/report-case.ts'
import type { ProblemLog } from '../read/problem-log.ts'
import { unreadable } from '../read/unreadable.ts'
import { countText } from '../text/count-text.ts'
import { parseDiagnostic } from './parse-diagnostic.ts'
import { caseOfPoint } from './tap-point.ts'
import { parseTapLine, type TapLine } from './tap-line.ts'
import { parseDescription } from './tap-text.ts'

/** Subtests inside each other at most. */
const deepest = 100
/** Lines kept under a test point at most. */
const mostLines = 400

type Point = Extract<TapLine, { kind: 'point' }>

/** A point whose diagnostic may still follow. */
interface Pending {
  readonly point: Point
  readonly line: number
  readonly notes: string[]
  diagnostic: readonly string[]
}

/** The document or one subtest. */
interface Level {
  readonly indent: number
  /** Name from a `# Subtest` comment, for where no test point closes it. */
  readonly name: string
  readonly line: number
  readonly cases: CaseResult[]
  planned: number | undefined
  points: number
  /** Numbers that points carried. */
  readonly numbers: Set<number>
  pending: Pending | undefined
  /** A point that stands before its subtest, in braces. */
  braced: Pending | undefined
}

function levelOf(start: Pick<Level, 'indent' | 'name' | 'line'>): Level {
  return {
    ...start,
    cases: [],
    planned: undefined,
    points: 0,
    numbers: new Set(),
    pending: undefined,
    braced: undefined,
  }
}

/** The state of reading one document. */
export class TapReading {
  readonly #log: ProblemLog
  readonly #levels: Level[] = [levelOf({ indent: 0, name: '', line: 1 })]
  #subtestName = ''
  #isOver = false
  #diagnostic: { readonly indent: number; readonly lines: string[]; readonly line: number } | undefined

  constructor(log: ProblemLog) {
    this.#log = log
  }

  /** Whether the document ended itself by a bail-out. */
  get isOver(): boolean {
    return this.#isOver
  }

  line(text: string, line: number): void {
    if (this.#diagnostic !== undefined && this.#inDiagnostic(this.#diagnostic, text)) return
    const parsed = parseTapLine(text)
    switch (parsed.kind) {
      case 'version':
      case 'comment':
        return
      case 'subtest':
        this.#subtestName = parsed.name
        return
      case 'plan':
        this.#plan(parsed, line)
        return
      case 'point':
        this.#point(parsed, line)
        return
      case 'bail-out':
        this.#bailOut(parsed.reason, line)
        return
      case 'diagnostic-start':
        this.#claimBraced(parsed.indent)
        // It is read even where its point is no case of its own, so that no line of it is taken for a test.
        if (parsed.indent > (this.#levels.at(-1)?.indent ?? 0))
          this.#diagnostic = { indent: parsed.indent, lines: [], line }
        return
      case 'brace':
        this.#closeBrace(parsed.indent)
        return
      case 'text':
        this.#text(text, parsed.indent)
    }
  }

  /** Everything that was read. `lastLine` is where the text ends. */
  end(lastLine: number): readonly CaseResult[] {
    if (this.#diagnostic !== undefined) {
      this.#log.add('truncated', 'the document ends inside the diagnostic of a test point', this.#diagnostic.line)
      this.#finishDiagnostic(this.#diagnostic.lines)
    }
    const [root] = this.#levels
    if (root === undefined) return []
    while (this.#levels.length > 1) this.#closeUnclaimed(lastLine)
    this.#finishLevel(root)
    if (!this.#isOver) this.#checkPlan(root, lastLine)
    return root.cases
  }

  #inDiagnostic(open: { readonly indent: number; readonly lines: string[] }, text: string): boolean {
    const trimmed = text.trim()
    const indent = text.length - text.trimStart().length
    if (trimmed === '...' && indent <= open.indent) {
      this.#finishDiagnostic(open.lines)
      return true
    }
    if (trimmed !== '' && indent < open.indent) {
      this.#finishDiagnostic(open.lines)
      return false
    }
    if (open.lines.length < mostLines) open.lines.push(text.slice(open.indent))
    return true
  }

  #finishDiagnostic(lines: readonly string[]): void {
    const pending = this.#levels.at(-1)?.pending
    if (pending !== undefined) pending.diagnostic = lines
    this.#diagnostic = undefined
  }

  /** A point that only ends in a brace: no subtest came, but a diagnostic. */
  #claimBraced(indent: number): void {
    const level = this.#levels.at(-1)
    if (level?.braced === undefined || indent <= level.indent) return
    level.pending = level.braced
    level.braced = undefined
  }

  #pendingAbove(indent: number): Pending | undefined {
    const level = this.#levels.at(-1)
    return level?.pending !== undefined && indent > level.indent ? level.pending : undefined
  }

  #text(text: string, indent: number): void {
    const pending = this.#pendingAbove(indent)
    if (pending === undefined || pending.notes.length >= mostLines || text.trim() === '') return
    pending.notes.push(text.trimEnd().slice(indent > 4 ? 4 : indent))
  }

  #plan({ indent, count, comment }: Extract<TapLine, { kind: 'plan' }>, line: number): void {
    const level = this.#levelAt(indent, line)
    if (level.planned !== undefined) this.#log.add('malformed', 'a second plan was left out', line)
    else level.planned = count
    if (count === 0 && this.#levels.length === 1) {
      const why = comment === undefined || comment === '' ? '' : `: ${comment.replace(/^skip\S*\s*/i, '')}`
      this.#log.add('ignored', `the plan says that there is nothing to run${why}`, line)
    }
  }

  #point(point: Point, line: number): void {
    const inner = this.#innerOf(point.indent, line)
    const level = this.#levelAt(point.indent, line)
    this.#finishLevel(level)
    level.points += 1
    if (point.number !== undefined) this.#checkNumber(level, point.number, point.rest, line)
    const pending: Pending = { point, line, notes: [], diagnostic: [] }
    if (point.opens) level.braced = pending
    else level.pending = pending
    if (inner !== undefined) this.#adopt(level, inner, pending)
  }

  /** A number that comes twice is one test told as two, and hides that another is missing: the count alone does not tell. */
  #checkNumber(level: Level, number: number, rest: string, line: number): void {
    if (level.numbers.has(number)) {
      const name = parseDescription(rest).text
      const again = name === '' ? '' : `, the second time as "${name}"`
      this.#log.add('missing', `test point ${number} is reported twice${again}, so another may be missing`, line)
    } else if (number !== level.points) {
      this.#log.add('malformed', `test point ${number} stands where ${level.points} was due`, line)
    }
    level.numbers.add(number)
  }

  /** The level that a point at `indent` closes, if a subtest came before it. */
  #innerOf(indent: number, line: number): Level | undefined {
    while ((this.#levels.at(-2)?.indent ?? -1) > indent) this.#closeUnclaimed(line)
    const top = this.#levels.at(-1)
    if (top === undefined || top.indent <= indent) return undefined
    if (this.#levels.length === 1) return undefined
    this.#levels.pop()
    this.#finishLevel(top)
    return top
  }

  /** Puts the cases of a subtest under the point that stands for it. */
  #adopt(level: Level, inner: Level, parent: Pending): void {
    const { text, directive } = parseDescription(parent.point.rest)
    const name = text === '' ? inner.name : text
    this.#checkPlan(inner, parent.line)
    for (const one of inner.cases)
      level.cases.push({ ...(directive === undefined ? one : excused(one)), path: [name, ...one.path] })
    // A green or red sum of its children is no case; a red one whose children are green is one of its own.
    const isExplained = parent.point.isOk || directive !== undefined || inner.cases.some(isBad)
    if (inner.cases.length > 0 && isExplained) level.pending = undefined
  }

  #levelAt(indent: number, line: number): Level {
    while (this.#levels.length > 1 && (this.#levels.at(-1)?.indent ?? 0) > indent) this.#closeUnclaimed(line)
    const top = this.#levels.at(-1)
    if (top !== undefined && top.indent >= indent) return top
    if (this.#levels.length >= deepest) {
      throw unreadable({ source: this.#log.source, line }, `at most ${deepest} subtests inside each other`, 'more')
    }
    if (top !== undefined) this.#finishPending(top)
    const level = levelOf({ indent, name: this.#subtestName, line })
    this.#subtestName = ''
    this.#levels.push(level)
    return level
  }

  /** Ends the innermost subtest although no test point stands for it. */
  #closeUnclaimed(line: number): void {
    const inner = this.#levels.pop()
    const outer = this.#levels.at(-1)
    if (inner === undefined || outer === undefined) return
    this.#finishLevel(inner)
    if (!this.#isOver) this.#log.add('truncated', `the subtest "${inner.name}" has no test point of its own`, line)
    const path = inner.name === '' ? [] : [inner.name]
    for (const one of inner.cases) outer.cases.push({ ...one, path: [...path, ...one.path] })
  }

  #closeBrace(indent: number): void {
    const outer = this.#levels.findLast((level) => level.braced !== undefined && level.indent === indent)
    const parent = outer?.braced
    if (outer === undefined || parent === undefined) return
    while (this.#levels.length > 1 && this.#levels.at(-2) !== outer && this.#levels.at(-1) !== outer) {
      this.#closeUnclaimed(parent.line)
    }
    const inner = this.#levels.at(-1)
    outer.braced = undefined
    outer.pending = parent
    if (inner === undefined || inner === outer) return
    this.#levels.pop()
    this.#finishLevel(inner)
    this.#adopt(outer, inner, parent)
  }

  #finishLevel(level: Level): void {
    if (level.braced !== undefined) {
      level.pending = level.braced
      level.braced = undefined
    }
    this.#finishPending(level)
  }

  #finishPending(level: Level): void {
    const { pending } = level
    if (pending === undefined) return
    level.pending = undefined
    const { point, line, notes, diagnostic } = pending
    const description = parseDescription(point.rest)
    const { isOk, number } = point
    level.cases.push(caseOfPoint({ isOk, line, number, description, notes, diagnostic: parseDiagnostic(diagnostic) }))
  }

  #checkPlan({ planned, points, name }: Level, line: number): void {
    const where = name === '' ? 'the document' : `the subtest "${name}"`
    if (planned === undefined) this.#log.add('truncated', `${where} has no plan, so tests may be missing`, line)
    else if (points < planned) {
      this.#log.add(
        'missing',
        `${where} planned ${countText(planned, 'test')} and reported ${points}: ${planned - points} ${planned - points === 1 ? 'is' : 'are'} missing`,
        line,
      )
    } else if (points > planned) {
      this.#log.add('malformed', `${where} planned ${countText(planned, 'test')} and reported ${points}`, line)
    }
  }

  #bailOut(reason: string, line: number): void {
    const level = this.#levelAt(0, line)
    this.#isOver = true
    this.#finishLevel(level)
    const message = reason === '' ? 'Bail out!' : `Bail out! ${reason}`
    this.#log.add('truncated', `the run gave up: ${message}`, line)
    level.cases.push({
      path: ['Bail out!'],
      result: 'failed',
      durationMs: 0,
      failure: makeFailure({ category: 'unknown', message, evidence: ['TAP bail out'], transient: false }),
    })
  }
}

/** A case under a point marked SKIP or TODO: what failed there was expected to. */
function excused(one: CaseResult): CaseResult {
  if (!isBad(one)) return one
  const { failure: _failure, ...rest } = one
  return { ...rest, result: 'skipped', reason: 'todo' }
}

// Puts the events of one file back together: which tests were declared, which began, how each ended. Node 24 numbers its
// tests; before that they are told apart by their place, and a parent is the test last begun one level up.
import { failureFromError, makeFailure } from '@muster/core/failure'
import type { CaseResult, Failure } from '@muster/core'
import { withDetails } from '../outcome/with-details.ts'
import type { NodeEvent, SentError, TestPlace } from './node-event.ts'

type Completed = Extract<NodeEvent, { readonly kind: 'completed' }>

interface Node {
  readonly path: readonly string[]
  readonly place: TestPlace
  readonly parent: Node | undefined
  state: 'enqueued' | 'started' | 'completed'
  isParent: boolean
  /** Known when it has ended. */
  isSuite?: boolean
  startedAtMs?: number | undefined
}

/** What is known of the tests of one file. */
export class TestTree {
  readonly #nodes: Node[] = []
  readonly #byId = new Map<number, Node>()
  readonly #byPlace = new Map<string, Node[]>()
  readonly #lastStarted: (Node | undefined)[] = []
  readonly #notes: string[] = []
  #success: boolean | undefined
  #hasDrained = false
  #stoppedAtMs: number | undefined

  /** Takes in one event, heard of at `atMs`; gives the case that it completes, if it does. */
  add(event: NodeEvent, atMs?: number): CaseResult | undefined {
    switch (event.kind) {
      case 'enqueued':
        this.#declare(event)
        return undefined
      case 'started': {
        const node = this.#find(event, 'enqueued') ?? this.#declare(event)
        node.state = 'started'
        node.startedAtMs = atMs
        this.#lastStarted[event.nesting] = node
        return undefined
      }
      case 'completed':
        return this.#complete(event)
      case 'broken':
        return brokenFile(event)
      case 'noted':
        if (!isStatistic(event.message)) this.#notes.push(event.message)
        return lateError(event.message)
      case 'closed':
        this.#success = event.success
        return undefined
      case 'drained':
        this.#hasDrained = true
        return undefined
      case 'struck':
        return undefined
    }
  }

  /** Its process ended at `atMs`: what had begun took until then. */
  stop(atMs: number | undefined): void {
    this.#stoppedAtMs = atMs
  }

  /** What the closing record said; `undefined` while there is none. */
  get success(): boolean | undefined {
    return this.#success
  }

  /** Its process came to its end by itself, rather than by a call that ends it. */
  get hasDrained(): boolean {
    return this.#hasDrained
  }

  /** What tests noted and what the runner complained of. */
  get notes(): readonly string[] {
    return this.#notes
  }

  /** How many tests and suites were declared. */
  get declared(): number {
    return this.#nodes.length
  }

  /** Tests that began and did not end, innermost only. */
  get unfinished(): readonly CaseResult[] {
    const open = this.#nodes.filter(({ state }) => state === 'started')
    return open
      .filter((node) => !open.some((other) => other !== node && isWithin(other, node)))
      .map((node) => ({ ...asCase(node), durationMs: this.#lastedMs(node) }))
  }

  /** Tests that were declared and never began, without the suites that hold others. */
  get waiting(): readonly CaseResult[] {
    return this.#nodes.filter(({ state, isParent }) => state === 'enqueued' && !isParent).map(asCase)
  }

  /** Paths of the suites and tests that turned out to hold others. */
  get parents(): readonly (readonly string[])[] {
    return this.#nodes.filter(({ isParent }) => isParent).map(({ path }) => path)
  }

  /** Whether Node can be told to run the test of that path and no other: its full name is its own, and only suites hold it. */
  isAlone(path: readonly string[]): boolean {
    const name = path.join(' ')
    const [only, ...others] = this.#nodes.filter((node) => node.path.join(' ') === name)
    if (only === undefined || only.isParent || others.length > 0) return false
    let at = only.parent
    while (at?.isSuite === true) at = at.parent
    return at === undefined
  }

  #lastedMs({ startedAtMs }: Node): number {
    if (startedAtMs === undefined || this.#stoppedAtMs === undefined) return 0
    return Math.round(Math.max(0, this.#stoppedAtMs - startedAtMs) * 1000) / 1000
  }

  #declare(place: TestPlace): Node {
    const parent = this.#parentOf(place)
    if (parent !== undefined) parent.isParent = true
    const path = [...(parent?.path ?? []), place.name]
    const node: Node = { path, place, parent, state: 'enqueued', isParent: false }
    this.#nodes.push(node)
    if (place.id === undefined) this.#listAt(place).push(node)
    else this.#byId.set(place.id, node)
    return node
  }

  #parentOf({ nesting, parent }: TestPlace): Node | undefined {
    if (nesting === 0) return undefined
    if (parent !== undefined) return this.#byId.get(parent)
    return this.#lastStarted[nesting - 1]
  }

  #find(place: TestPlace, state: Node['state']): Node | undefined {
    if (place.id !== undefined) return this.#byId.get(place.id)
    return this.#listAt(place).find((node) => node.state === state)
  }

  #listAt({ file = '', nesting, line = 0, column = 0, name }: TestPlace): Node[] {
    const key = `${file}\n${nesting} ${line} ${column} ${name}`
    const list = this.#byPlace.get(key) ?? []
    this.#byPlace.set(key, list)
    return list
  }

  #complete(event: Completed): CaseResult | undefined {
    const found = this.#find(event, 'started') ?? this.#find(event, 'enqueued')
    // Older versions tell the end of a test once more after the closing record.
    if (found === undefined || found.state === 'completed') return undefined
    found.state = 'completed'
    found.isSuite = event.isSuite
    // A suite is not a case; but where its own body or hook failed, that must not be lost.
    if (event.isSuite && (event.passed || event.failureType === 'subtestsFailed')) return undefined
    const ended = { ...asCase(found), ...resultOf(event), durationMs: event.durationMs }
    if (!event.isSuite || event.failureType !== 'hookFailed') return ended
    return { ...ended, path: [...found.path, hookName(event.hook)] }
  }
}

/**
 * A hook that stands outside of every suite: it has a result of its own, since no test speaks for it. Node does not name it,
 * but can only mean `after`: a `before` fails the tests that it comes before.
 */
function brokenFile(event: Extract<NodeEvent, { readonly kind: 'broken' }>): CaseResult {
  const { line, failureType, hook } = event
  const path = [failureType === 'hookFailed' ? hookName(hook ?? 'after') : 'error outside of every test']
  return { path, result: 'failed', durationMs: 0, ...(line === undefined ? {} : { line }), failure: failureOf(event) }
}

/** What was thrown after its test had ended, which node:test tells as a note. */
function lateError(note: string): CaseResult | undefined {
  if (!/^Error: .*generated asynchronous activity/s.test(note)) return undefined
  const line = / at [^\n]*?:(\d+):\d+ generated/.exec(note)?.[1]
  const message = note.slice('Error: '.length)
  return {
    path: ['unhandled error'],
    result: 'failed',
    durationMs: 0,
    ...(line === undefined ? {} : { line: Number(line) }),
    failure: makeFailure({ category: 'exception', fault: 'test', message, evidence: ['thrown outside of every test'] }),
  }
}

function hookName(hook: string | undefined): string {
  return hook === undefined ? 'hook' : `${hook} hook`
}

function asCase({ path, place }: Node): CaseResult {
  return { path, result: 'failed', durationMs: 0, ...(place.line === undefined ? {} : { line: place.line }) }
}

function resultOf(event: Completed): Pick<CaseResult, 'result' | 'failure' | 'reason'> {
  if (event.todo !== undefined && event.todo !== false)
    return { result: 'skipped', reason: reasonOf('todo', event.todo) }
  if (event.skip !== undefined && event.skip !== false)
    return { result: 'skipped', reason: reasonOf('skipped', event.skip) }
  if (event.passed) return { result: 'passed' }
  const result = event.failureType === 'testTimeoutFailure' ? 'timed-out' : 'failed'
  return { result, failure: failureOf(event) }
}

function reasonOf(word: string, given: string | boolean): string {
  return typeof given === 'string' && given !== '' ? `${word}: ${given}` : word
}

function failureOf({ error, failureType }: Pick<Completed, 'error' | 'failureType'>): Failure {
  const evidence = failureType === undefined ? [] : [`node:test says ${failureType}`]
  const thrown: SentError = error ?? { name: 'Error', message: 'The test failed without saying why.' }
  if (failureType === 'testTimeoutFailure') {
    return makeFailure({
      category: 'timeout',
      code: 'test',
      rule: 'signals/time-limit',
      confidence: 0.99,
      severity: 'low',
      message: thrown.message,
      evidence,
      stack: thrown.stack,
    })
  }
  const failure = withDetails(failureFromError(thrown, evidence), { thrown })
  const phase = phaseOf(failureType, thrown.message)
  return failure.phase !== undefined || phase === undefined ? failure : { ...failure, phase }
}

/** node:test says whether a hook or the test itself threw, and of a hook which one. */
function phaseOf(failureType: string | undefined, message: string): Failure['phase'] {
  if (failureType === 'testCodeFailure') return 'execution'
  if (failureType !== 'hookFailed') return undefined
  return /\bafter(?:Each)? hook\b/.test(message) ? 'teardown' : 'set-up'
}

function isWithin(inner: Node, outer: Node): boolean {
  return inner.path.length > outer.path.length && outer.path.every((name, at) => inner.path[at] === name)
}

/** The totals that node:test prints after the last test. */
function isStatistic(message: string): boolean {
  return /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(message)
}

// Weighs everything that is known of a failure and names its most specific cause. Structured signals speak before texts: a
// text is read for what no signal tells, or where it knows the cause of what a signal only shows (a process that died, for
// want of memory).
import type { FailureCategory, FailurePhase, FailureSeverity, Fault } from '../model/failure.ts'
import { severities } from './failure-severities.ts'
import { builtInRules, compiledBuiltIns } from './rules/built-in-rules.ts'
import { type CompiledRule } from './rules/compiled-rules.ts'
import type { BuiltInRule, FailureRule } from './rules/failure-rule.ts'
import { errorChain } from './signals/error-chain.ts'
import { errorFinding, type ErrorShape } from './signals/error-finding.ts'
import { retryAfterIn } from './signals/retry-after.ts'
import { exitFinding } from './signals/exit-finding.ts'
import type { FailureSignals } from './signals/failure-signals.ts'
import type { SignalFinding } from './signals/signal-finding.ts'
import { statusFinding } from './signals/status-finding.ts'
import { phaseOf } from './text/phase-of.ts'
import type { LineRole, LogLine } from './text/log-line.ts'
import { logLines } from './text/log-lines.ts'
import { SearchableLines } from './text/search-lines.ts'

/** How causes are looked for. */
export interface CauseOptions {
  /** Rules of your own, which speak before every other, the first that matches alone. @defaultValue none */
  readonly rules?: readonly CompiledRule[] | undefined
  /** Characters of the text that are looked at: a third from its start, the rest from its end. @defaultValue `72_000` */
  readonly longestText?: number | undefined
}

/** The cause, and what it rests on. */
export interface Cause {
  readonly category: FailureCategory
  readonly code?: string | undefined
  readonly rule?: string | undefined
  readonly confidence?: number | undefined
  readonly phase?: FailurePhase | undefined
  readonly severity?: FailureSeverity | undefined
  readonly fault?: Fault | undefined
  readonly transient?: boolean | undefined
  readonly suggestion?: string | undefined
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The signal or the line, as evidence. */
  readonly cause: string
  /** The line that told it, where one did. */
  readonly line?: LogLine | undefined
}

/** What a warning is worth beside what failed. */
const warnedLess = 60

/** The most specific cause that the signals support. */
export function findCause(signals: FailureSignals, options: CauseOptions = {}): Cause {
  const chain = signals.thrown === undefined ? [] : errorChain(signals.thrown)
  const lines = logLines(textOf(signals, chain), options.longestText)
  const cause = weigh(signals, { chain, lines, rules: options.rules ?? [] })
  // Only a server can ask for it, and only where it did not answer is there anything to wait for.
  const retryAfterMs = cause.category === 'network' ? retryAfterIn(signals.retryAfterMs, chain, lines) : undefined
  return retryAfterMs === undefined ? cause : { ...cause, retryAfterMs }
}

interface Weighed {
  readonly chain: readonly ErrorShape[]
  readonly lines: ReturnType<typeof logLines>
  readonly rules: readonly CompiledRule[]
}

function weigh(signals: FailureSignals, { chain, lines, rules }: Weighed): Cause {
  const searched = new SearchableLines(lines)
  const phase = signals.phase ?? phaseOf(lines)
  const own = ownCause({ signals, codes: chain.map(({ code }) => code), searched, rules })
  if (own !== undefined) return { phase, ...own }
  const known = strongest(signalFindings(signals, chain))
  // What decides by itself needs no reading.
  const read = known !== undefined && known.strength >= 100 ? undefined : strongestRule(searched)
  if (known !== undefined && (read === undefined || known.strength >= read.strength))
    return { phase, ...fromSignal(known) }
  if (read !== undefined) return { phase, ...fromRule(read.compiled.rule, read.line, known) }
  return { phase, ...fallback(signals, { chain, lines }) }
}

/** What is known of a failure that somebody else put together. */
export interface ToldSignals extends FailureSignals {
  /** The codes of an error and of its causes. @defaultValue none */
  readonly errorCodes?: readonly string[] | undefined
}

/** What rules of your own say of the signals, or nothing. */
export function ownCauseOf(signals: ToldSignals, rules: readonly CompiledRule[]): Cause | undefined {
  const searched = new SearchableLines(logLines(textOf(signals, [])))
  return ownCause({ signals, codes: signals.errorCodes ?? [], searched, rules })
}

interface Searched {
  readonly signals: FailureSignals
  /** Codes of what was thrown and of its causes. */
  readonly codes: readonly (string | undefined)[]
  readonly searched: SearchableLines
  readonly rules: readonly CompiledRule[]
}

function ownCause({ signals, codes: thrown, searched, rules }: Searched): Cause | undefined {
  const codes = [signals.errorCode, ...thrown]
  for (const compiled of rules) {
    const { rule } = compiled
    if (typeof signals.exitCode === 'number' && rule.exitCodes?.includes(signals.exitCode) === true)
      return { ...fromOwn(compiled), cause: `exit code ${signals.exitCode}` }
    const code = codes.find((candidate) => candidate !== undefined && rule.errorCodes?.includes(candidate) === true)
    if (code !== undefined) return { ...fromOwn(compiled), cause: `code ${code}` }
    const line = searched.find(compiled, ({ role }) => role !== 'frame')
    if (line !== undefined) return { ...fromOwn(compiled), cause: line.text, line }
  }
  return undefined
}

function fromOwn({ rule }: CompiledRule): Omit<Cause, 'cause'> {
  const { id, category, code, confidence = 0.9, phase, fault, transient, suggestion } = rule
  const severity = rule.severity ?? severities[category]
  return { category, code, confidence, fault, transient, suggestion, severity, rule: id, ...(phase && { phase }) }
}

function signalFindings(signals: FailureSignals, chain: readonly ErrorShape[]): readonly SignalFinding[] {
  const { recorded, errorCode, errorName, httpStatus, grpcStatus, exitCode, signal } = signals
  const named: ErrorShape | undefined =
    errorCode === undefined && errorName === undefined
      ? undefined
      : { name: errorName ?? 'Error', code: errorCode, message: '', stack: signals.text, hasComparison: false }
  const found = [
    recorded === undefined ? undefined : recordedFinding(recorded),
    signals.isOutOfMemory === true ? outOfMemory : undefined,
    chainFinding(chain),
    named === undefined ? undefined : errorFinding(named),
    statusFinding(httpStatus, grpcStatus),
    exitFinding(exitCode, signal),
  ]
  return found.filter((finding) => finding !== undefined)
}

/** The first of the chain that tells something; an assertion only where nothing caused it that lies outside of the code. */
function chainFinding(chain: readonly ErrorShape[]): SignalFinding | undefined {
  const found = chain.map(errorFinding).filter((finding) => finding !== undefined)
  const [first] = found
  if (first?.category !== 'assertion') return first
  return found.find(({ category }) => outside.has(category)) ?? first
}

/** What an assertion may fail for without any fault of the code. */
const outside: ReadonlySet<FailureCategory> = new Set<FailureCategory>([
  ...(['infrastructure', 'resource', 'hardware-device', 'network', 'permission-auth', 'environment'] as const),
])

const outOfMemory: SignalFinding = {
  category: 'resource',
  code: 'memory',
  evidence: 'the control group ran out of memory',
  rule: 'signals/control-group',
  strength: 101,
}

function recordedFinding(category: FailureCategory): SignalFinding {
  return { category, evidence: `recorded as ${category}`, rule: 'signals/recorded', strength: 102 }
}

function strongest(findings: readonly SignalFinding[]): SignalFinding | undefined {
  return findings.reduce<SignalFinding | undefined>(
    (best, finding) => (best === undefined || finding.strength > best.strength ? finding : best),
    undefined,
  )
}

interface Read {
  readonly compiled: CompiledRule<BuiltInRule>
  readonly line: LogLine
  readonly strength: number
}

function strongestRule(searched: SearchableLines): Read | undefined {
  let best: Read | undefined
  for (const compiled of compiledBuiltIns()) {
    const { strength, category } = compiled.rule
    if (best !== undefined && strength <= best.strength) return best
    const said = searched.find(compiled, ({ role }) => isHeard(role, category))
    if (said !== undefined) return { compiled, line: said, strength }
    if (best !== undefined || !searched.hasWarnings) continue
    const line = searched.find(compiled, ({ role }) => role === 'warned')
    if (line !== undefined) best = { compiled, line, strength: strength - warnedLess }
  }
  return best
}

/** A machine that is lost speaks into anything; what an assertion quotes speaks of the assertion alone. */
function isHeard(role: LineRole, category: FailureCategory): boolean {
  if (role === 'said') return true
  if (role === 'block') return category === 'assertion' || category === 'infrastructure'
  return role === 'quoted' && category === 'assertion'
}

/** A text that a signal bears out is nearly as sure as the signal; what was only warned of is little more than a guess. */
function fromRule(rule: BuiltInRule, line: LogLine, known: SignalFinding | undefined): Cause {
  const told = rule.confidence ?? 0.9
  const confidence = line.role === 'warned' ? Math.min(told, 0.4) : known?.category === rule.category ? 0.97 : told
  return { ...fromOwn({ rule, patterns: [] }), confidence, cause: line.text, line }
}

function fromSignal({ category, code, evidence, rule, strength, transient }: SignalFinding): Cause {
  const { suggestion, fault, ...known } = kindOf(category, code)
  return {
    category,
    code,
    rule,
    suggestion,
    fault,
    confidence: category === 'unknown' ? 0 : sureness(strength),
    severity: known.severity ?? severities[category],
    transient: transient ?? known.transient,
    cause: evidence,
  }
}

/** How sure a signal is by itself: a class or a code says what it is, an exit code only what it mostly means. */
function sureness(strength: number): number {
  if (strength >= 100) return 0.99
  if (strength >= 90) return 0.95
  if (strength >= 80) return 0.9
  if (strength >= 70) return 0.8
  return strength >= 60 ? 0.7 : 0.6
}

/** What the rules of the same kind say beside the category. */
function kindOf(
  category: FailureCategory,
  code: string | undefined,
): Pick<FailureRule, 'suggestion' | 'fault' | 'severity' | 'transient'> {
  const same = builtInRules.find((rule) => rule.category === category && rule.code === code)
  if (same !== undefined) return same
  // Of a crash nothing is known but that it was one: the first rule would speak of what nobody has seen.
  const named = category === 'process-crash' ? 'signal' : undefined
  const near = builtInRules.find((rule) => rule.category === category && (named === undefined || rule.code === named))
  return { suggestion: near?.suggestion }
}

function fallback(signals: FailureSignals, { chain, lines }: Pick<Weighed, 'chain' | 'lines'>): Cause {
  const [first] = chain
  // Even `undefined` can be thrown.
  if (first !== undefined || Object.hasOwn(signals, 'thrown')) {
    const cause = first === undefined ? `thrown ${typeof signals.thrown}` : `error class ${first.name}`
    const { suggestion } = kindOf('exception', undefined)
    return { category: 'exception', rule: 'signals/thrown', confidence: 0.7, severity: 'medium', suggestion, cause }
  }
  return {
    category: 'unknown',
    transient: mayPass(lines),
    confidence: 0,
    severity: 'medium',
    suggestion: 'Nothing in what was kept tells why. Run it again with more output, or write a rule for this text.',
    cause:
      signals.exitCode === undefined || signals.exitCode === null
        ? nothing
        : `exit code ${signals.exitCode}, which by itself means nothing, and ${nothing}`,
  }
}

/** What speaks for another try, in a text that no rule knows. */
const passing =
  /\b(?:temporar(?:y|ily)|transient|intermittent(?:ly)?|flak(?:e|y)|spurious|sporadic(?:ally)?|(?:try|retry|run|start) (?:it )?again|later|retr(?:y|ies|ied|ying)|unavailable|unreachable|busy|unstable|overloaded|lost|dropped|hang|hangs|hung|stuck)\b/i

/**
 * What failed for a time is mostly known by its words: a message that no rule knows is the code's own more often than not, and
 * is tried again only to learn whether it is flaky. Where nothing was said, one more attempt is how to learn more.
 */
function mayPass(lines: Weighed['lines']): boolean {
  const said = lines.filter(({ role }) => role === 'said')
  return said.length === 0 || said.some(({ text }) => passing.test(text))
}

const nothing = 'nothing that any rule knows'

/** Messages of what was thrown, with their class and bare as who wrote a rule knows them, stand before what was printed. */
function textOf({ message, text = '', thrown }: FailureSignals, chain: readonly ErrorShape[]): string {
  const thrownText =
    chain.length > 0 ? chain.flatMap(({ name, message: said }) => [`${name}: ${said}`, said]).join('\n') : thrown
  return [typeof thrownText === 'string' ? thrownText : '', text === '' ? (message ?? '') : text]
    .filter((part) => part !== '')
    .join('\n')
}

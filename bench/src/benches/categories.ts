// How many of other people's failures are told rightly, and how much a text can cost that wants to be slow. Beside it what
// one would write first: a list of expressions, tried in their order, without exit codes, roles of lines or strengths.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInRules, classifyFailure, compileRules, type FailureCategory, makeFailure } from '@muster/core/failure'
import { type Bench, type BenchContext, type BenchResult, type Figures } from '../bench.ts'

export const bench: Bench = {
  name: 'categories',
  summary: 'categories of real failure messages: how many are right, and what hostile text costs',
  figures: {
    instances: 'messages judged; rules attacked with `--hostile`',
    strict_pct: 'told as they are labelled',
    lenient_pct: 'told as they are labelled, or as another category that is right as well',
    macro_f1: 'mean of the F1 of the categories, strict',
    needless_retry_pct: 'deterministic failures that would be tried again, of all messages',
    infrastructure_missed: 'lost machines that were called something else',
    line_ms: 'classifying a text of 1 MB in one line, the slowest of several kinds',
    rule_ms: 'a rule against 64 KB made to be slow for it, the slowest rule',
  },
  options: { hostile: 'measure time on hostile text instead' },
  run: async (context) => (context.options['hostile'] === undefined ? judged(context) : hostile(context)),
}

interface Labelled {
  readonly message: string
  readonly exit_code: number | null
  readonly signal: string | null
  readonly category: string
  readonly also_ok: readonly string[]
  readonly retry: string
}

/** Told of one message. */
interface Told {
  readonly category: string
  readonly isRetried: boolean
}

async function judged({ data }: BenchContext): Promise<BenchResult> {
  const file = data === undefined ? undefined : join(data, 'failure-messages', 'messages.jsonl')
  if (file === undefined || !existsSync(file))
    return { figures: {}, notes: ['nothing was measured: `--data DIR` has no failure-messages/messages.jsonl'] }
  const messages = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(labelledOf)
  return {
    figures: figuresOf(messages, ({ message, exit_code, signal }) => {
      const { category, transient } = classifyFailure({ text: message, exitCode: exit_code, signal })
      return { category, isRetried: transient }
    }),
    peers: { 'first-draft list': figuresOf(messages, ({ message }) => firstDraft(message)) },
    notes: [
      'macro F1 is over the categories that the labels name; a retry is needless where the label says `no` or `no-fix-setup`',
      'some of the published messages were read while the rules were written: others are told less well than these',
    ],
  }
}

function labelledOf(line: string): Labelled {
  return JSON.parse(line) as Labelled
}

function figuresOf(messages: readonly Labelled[], tell: (message: Labelled) => Told): Figures {
  const told = messages.map((message) => ({ message, ...tell(message) }))
  const count = (holds: (one: (typeof told)[number]) => boolean): number => told.filter(holds).length
  const percent = (part: number): number => Math.round((part / told.length) * 10_000) / 100
  return {
    instances: told.length,
    strict_pct: percent(count(({ message, category }) => category === message.category)),
    lenient_pct: percent(
      count(({ message, category }) => category === message.category || message.also_ok.includes(category)),
    ),
    macro_f1: Math.round(macroF1(told.map(({ message, category }) => [message.category, category])) * 1000) / 1000,
    needless_retry_pct: percent(count(({ message, isRetried }) => isRetried && message.retry.startsWith('no'))),
    infrastructure_missed: count(
      ({ message, category }) => message.category === 'infrastructure' && category !== 'infrastructure',
    ),
  }
}

function macroF1(pairs: readonly (readonly [label: string, told: string])[]): number {
  const labels = [...new Set(pairs.map(([label]) => label))]
  const scores = labels.map((label) => {
    const right = pairs.filter(([is, told]) => is === label && told === label).length
    const named = pairs.filter(([is, told]) => is === label || told === label).length
    // Twice the right ones, of all that are so labelled and all that are so told.
    return (2 * right) / (named + right)
  })
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** In the order in which one thinks of them. */
const draft: readonly (readonly [FailureCategory, RegExp])[] = [
  ['resource', /out of memory|heap|oom|no space left|too many open files|killed/i],
  ['timeout', /timeout|timed out|deadline/i],
  ['network', /ECONN|ENOTFOUND|connection|network|socket|502|503/i],
  ['permission-auth', /permission denied|unauthorized|forbidden|401|403|authentication/i],
  ['process-crash', /segmentation fault|SIGSEGV|SIGABRT|core dumped|crashed/i],
  ['infrastructure', /agent|runner|lost communication|node went offline/i],
  ['build-dependency', /cannot find module|compil|undefined reference|could not resolve|ImportError/i],
  ['environment', /command not found|no such file|not installed|EADDRINUSE/i],
  ['configuration', /config|unknown option|invalid option/i],
  ['data-parse', /JSON|parse|yaml|xml/i],
  ['assertion', /assert|expected|expect\(/i],
  ['cancelled', /cancel|abort/i],
  ['exception', /error|exception|panic/i],
]

function firstDraft(message: string): Told {
  const category = draft.find(([, pattern]) => pattern.test(message))?.[0] ?? 'unknown'
  return { category, isRetried: makeFailure({ category, message: '', evidence: [] }).transient }
}

function hostile({ progress }: BenchContext): BenchResult {
  // Everything is compiled and warm before it is measured.
  for (let round = 0; round < 20; round += 1) classifyFailure({ text: `Error: nothing ${round}\n`.repeat(500) })
  const lines = Object.entries(longLines()).map(([name, text]) => {
    const ms = quickest(5, () => classifyFailure({ text }))
    progress(`1 MB of ${name}: ${ms.toFixed(1)} ms`)
    return ms
  })
  const rules = compileRules(builtInRules).map(({ rule, patterns }) => {
    const attacks = attacksOn(
      rule.matches,
      patterns.flatMap(({ words }) => words),
    )
    const matches = (text: string): boolean => patterns.some((pattern) => pattern.matches(text))
    return { id: rule.id, ms: Math.max(...attacks.map((text) => quickest(5, () => matches(text)))) }
  })
  const slowest = rules.reduce((worst, rule) => (rule.ms > worst.ms ? rule : worst))
  const round = (ms: number): number => Math.round(ms * 100) / 100
  return {
    figures: { instances: rules.length, line_ms: round(Math.max(...lines)), rule_ms: round(slowest.ms) },
    notes: [
      `the slowest rule is ${slowest.id}; each pattern was given the whole 64 KB as one line, though a line is cut at 2,000 characters before`,
    ],
  }
}

function longLines(): Readonly<Record<string, string>> {
  const million = 1_000_000
  const words = builtInRules.flatMap(({ matches }) => matches)
  return {
    letters: 'a'.repeat(million),
    spaces: ' '.repeat(million),
    brackets: '(['.repeat(million / 2),
    colours: '\u001b[31m'.repeat(million / 5),
    'line ends': '\n'.repeat(million),
    'every example, in one line': `${words.join(' ')} `.repeat(100).slice(0, million),
    'every example, line by line': `${words.join('\n')}\n`.repeat(100).slice(0, million),
    'assertion headers': 'AssertionError: expected 1 to be 2\n'.repeat(30_000).slice(0, million),
    'almost timestamps': '2026-01-01T00:00:0 '.repeat(million / 19),
  }
}

/** Texts that a rule begins to match again and again: its words and the starts of its examples, repeated and filled up. */
function attacksOn(examples: readonly string[], words: readonly string[]): readonly string[] {
  const size = 64 * 1024
  const starts = examples.flatMap((text) => [text.slice(0, -1), text.slice(0, text.length / 2)])
  const seeds = [...new Set([...words.slice(0, 6), ...starts])]
  const fillers = ['', ' ', 'a0', '.']
  return seeds.flatMap((seed) =>
    fillers.flatMap((filler) => {
      const repeated = `${seed}${filler}`
      return repeated === ''
        ? []
        : [
            repeated.repeat(Math.ceil(size / repeated.length)).slice(0, size),
            `${seed}${filler.repeat(size)}`.slice(0, size),
          ]
    }),
  )
}

/** The quickest of some rounds, in milliseconds; what is quick at once is not asked again. */
function quickest(times: number, body: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < times && best > 2; round += 1) {
    const begin = performance.now()
    body()
    best = Math.min(best, performance.now() - begin)
  }
  return best
}

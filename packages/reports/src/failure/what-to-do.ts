// What a person does about a failure, in one sentence: what the rule that judged it suggests, or else what its category asks for.
// Both rest on evidence: a hint that guesses would send people the wrong way.
import type { Failure, TaskReport } from '@muster/core'
import { ownFrame } from './own-frame.ts'

/** Where to begin. */
export function whatToDo(
  { category, transient, fault, suggestion, rule, stack }: Failure,
  task?: Pick<TaskReport, 'verdict' | 'attempts'>,
): string {
  const verdict = task?.verdict
  if (verdict?.kind === 'poisoned')
    return 'Worker after worker died while it ran: run it alone, with more memory or a lower limit, before anything else.'
  if (verdict?.kind === 'unplaceable') return 'No worker offers what it needs: start one that does, or need less.'
  if (fault === 'us') return 'This is a mistake of Muster itself: please report it, with the journal of this run.'
  const first = suggestion === undefined || isPlain(category, rule) ? firstStep(category, stack) : suggestion
  const retry = `--retry ${Math.max(1, task?.attempts.length ?? 0) + 1} makes one.`
  if (!transient || wasSameEachTime(task)) return first
  return `${first} Another attempt ${isUntold({ category, rule }) ? 'tells whether it comes and goes' : 'could well pass'}; ${retry}`
}

/** A process that dies and an attempt that uses up its time may do so every time, or once in a while: nothing tells which. */
function isUntold({ category, rule }: Pick<Failure, 'category' | 'rule'>): boolean {
  return category === 'process-crash' || rule === 'signals/time-limit'
}

/** What has been tried again and failed alike fails each time, as far as anybody knows. */
function wasSameEachTime(task: Pick<TaskReport, 'attempts'> | undefined): boolean {
  const ends = (task?.attempts ?? []).map(({ ending }) =>
    ending.kind === 'ended' ? ending.outcome.failure?.fingerprint : undefined,
  )
  return ends.length > 1 && ends[0] !== undefined && ends.every((end) => end === ends[0])
}

/** Rules that know nothing but that something was thrown or compared: what is said here is nearer. */
function isPlain(category: Failure['category'], rule = ''): boolean {
  return (category === 'assertion' || category === 'exception') && /^(?:assertion|exception|signals)\//.test(rule)
}

function firstStep(category: Failure['category'], stack = ''): string {
  if (category === 'exception' && ownFrame(stack) === undefined)
    return 'An error was thrown, and no line of your own is named. Begin with what was printed around it.'
  return firstSteps[category]
}

const firstSteps: Readonly<Record<Failure['category'], string>> = {
  assertion:
    'The code does something else than the test expects. Decide which of the two is right, and change the other.',
  exception: 'The code threw. Begin at the first line of the stack that is your own.',
  timeout: 'It did not end in time. See what it printed last, and what it was waiting for.',
  network: 'A connection failed. Check that the service it talks to was up.',
  resource: 'The machine ran out of something. See what it had left, or run fewer at a time.',
  'hardware-device': 'A device did not answer. Check it on the worker that ran this.',
  environment: 'Something that the test takes for granted is not there. Set it up, or state it as a need.',
  'build-dependency': 'Code or a package is missing or does not build. Install and build, then run again.',
  'permission-auth': 'It was not allowed to. Check the account, the token or the rights of the file.',
  configuration: 'A setting is wrong or missing. The message names it.',
  'process-crash': 'Its process died before it could say why. Run it alone and look at what it printed last.',
  infrastructure: 'What runs the tests failed, not the test. Check the worker.',
  'data-parse': 'Some data did not have the expected form. Look at the data named in the message.',
  cancelled: 'It was cancelled before it ended.',
  unknown: 'Nothing was said about why. Run it alone and look at what it prints.',
}

// From what was counted to what is told: similar templates are joined, what only followed from a fault or a bad worker is filed
// there, and each group gets words for a person.
import type { FailureCategory, FailureGroup, FailureGroups } from '@muster/core'
import { failureCategories } from '@muster/core/schemas'
import { compareText } from '../history/compare-text.ts'
import { causeId, causeKey, workerGroupId } from './cause-key.ts'
import { failuresSentence } from './failures-sentence.ts'
import { addTally, type CauseTally, emptyTally, type FollowedTally, type Tally } from './group-tally.ts'
import { joinSimilar, type Template } from './join-similar.ts'
import { type KnownFailures, standingOf } from './known-failures.ts'
import { withoutCommands } from './without-commands.ts'

/** The template of what did not fit; no message has it, since messages hold no NUL once they are templates. */
export const restToken = '\0rest'

/** Names of tests told of one group. */
const testNamesTold = 1000

/** One group while it is put together. */
interface Forming {
  readonly template: Template
  readonly own: Tally
  readonly followed: FollowedTally[]
  /** What followed from it. */
  readonly collateral: Tally
}

/** What is known beside the failures. */
interface GroupContext {
  readonly known?: KnownFailures | undefined
  /** Workers on which something passed, where that is known. */
  readonly passedOn?: readonly string[] | undefined
}

/** The groups of all that was counted, most failures first. */
export function groupsOf(tallies: readonly CauseTally[], context: GroupContext = {}): FailureGroups {
  const { known } = context
  const { forming, joinedKeys } = join(tallies)
  const workers = file(forming, joinedKeys)
  const groups = [
    ...[...forming.values()].flatMap((group) => causeGroup(group, context)),
    ...[...workers].flatMap(([worker, tally]) => workerGroup(worker, tally, known)),
  ].sort((a, b) => b.failures - a.failures || compareText(a.title, b.title) || compareText(a.id, b.id))
  const failures = groups.reduce((sum, group) => sum + group.failures, 0)
  const tests = distinctTests(tallies)
  return { version: 1, failures, tests, groups, sentence: failuresSentence({ failures, tests }, groups) }
}

function join(tallies: readonly CauseTally[]): {
  readonly forming: ReadonlyMap<string, Forming>
  readonly joinedKeys: ReadonlyMap<string, string>
} {
  const joined = joinSimilar(tallies.map(({ cause }) => cause))
  const keys = joined.map(causeKey)
  const seen = new Set<string>()
  const shared = new Set(keys.filter((key) => seen.size === seen.add(key).size))
  const forming = new Map<string, Forming>()
  const joinedKeys = new Map<string, string>()
  tallies.forEach(({ cause, own, followed }, i) => {
    const key = keys[i] ?? causeKey(cause)
    joinedKeys.set(causeKey(cause), key)
    // What nobody adds to need not be copied, and must not be changed.
    const isAlone = !shared.has(key) && followed.size === 0
    const group = forming.get(key) ?? {
      template: joined[i] ?? cause,
      own: isAlone ? own : emptyTally(),
      followed: [],
      collateral: emptyTally(),
    }
    if (!isAlone) addTally(group.own, own)
    group.followed.push(...followed.values())
    forming.set(key, group)
  })
  return { forming, joinedKeys }
}

/** Files what only followed where it belongs; gives back what is to blame on workers. */
function file(
  forming: ReadonlyMap<string, Forming>,
  joinedKeys: ReadonlyMap<string, string>,
): ReadonlyMap<string, Tally> {
  const workers = new Map<string, Tally>()
  // Who came by itself anywhere is no mere consequence; decided for all before anything moves.
  const occursByItself = new Set([...forming].filter(([, { own }]) => own.failures > 0).map(([key]) => key))
  for (const [key, { own, followed }] of forming) {
    for (const { kind, key: from, tally } of followed) {
      const faultKey = joinedKeys.get(from) ?? ''
      const fault = kind === 'fault' && occursByItself.has(faultKey) ? forming.get(faultKey) : undefined
      if (occursByItself.has(key) || (kind === 'fault' && fault === undefined)) addTally(own, tally)
      else if (fault !== undefined) addTally(fault.collateral, tally)
      else {
        const worker = workers.get(from) ?? emptyTally()
        addTally(worker, tally)
        workers.set(from, worker)
      }
    }
  }
  return workers
}

function causeGroup(
  { template, own, collateral }: Forming,
  { known, passedOn }: GroupContext,
): readonly FailureGroup[] {
  const { example } = own
  if (example === undefined) return []
  const all = collateral.failures === 0 ? own : emptyTally()
  if (all !== own) for (const part of [own, collateral]) addTally(all, part)
  const [category = '', code = '', errorName = '', place = '', port = ''] = template.family.split('\0')
  const isRest = template.tokens[0] === restToken
  const [worker] = all.workers
  const isBetterElsewhere = passedOn?.some((other) => other !== worker) ?? true
  const blames = collateral.failures > 0 && all.workers.length === 1 && isBetterElsewhere ? worker : undefined
  const id = causeId(template)
  return [
    {
      id,
      kind: isRest ? 'rest' : 'cause',
      title: isRest
        ? `other failures (${[category, code, errorName].filter((part) => part !== '').join(', ')})`
        : titleOf({ tokens: template.tokens, errorName, port, messages: own.messages }),
      category: categoryOf(category),
      ...(code === '' ? {} : { code }),
      ...(errorName === '' ? {} : { errorName }),
      ...(place === '' ? {} : { place }),
      failures: all.failures,
      collateral: collateral.failures,
      ...shown(all),
      ...(blames === undefined ? {} : { blames }),
      example: exampleOf(example),
      // The group is named after its cause: what followed is counted, not quoted.
      messages: own.messages,
      ...standing(id, known),
      ...(example.failure.suggestion === undefined ? {} : { suggestion: example.failure.suggestion }),
    },
  ]
}

function workerGroup(worker: string, tally: Tally, known: KnownFailures | undefined): readonly FailureGroup[] {
  const { example } = tally
  if (example === undefined) return []
  const id = workerGroupId(worker)
  return [
    {
      id,
      kind: 'worker',
      title: `nearly everything failed on worker ${worker}, and passes elsewhere`,
      category: 'infrastructure',
      failures: tally.failures,
      collateral: 0,
      ...shown(tally),
      blames: worker,
      example: exampleOf(example),
      messages: tally.messages,
      ...standing(id, known),
      suggestion: `Look at worker ${worker} before the tests: take it out, and run them elsewhere.`,
    },
  ]
}

function shown(
  tally: Tally,
): Pick<FailureGroup, 'tests' | 'testNames' | 'tasks' | 'workers' | 'firstAtMs' | 'lastAtMs'> {
  const { firstAtMs, lastAtMs } = tally
  return {
    tests: tally.tests.size,
    testNames: [...tally.tests].sort(compareText).slice(0, testNamesTold),
    tasks: tally.tasks,
    workers: tally.workers,
    ...(firstAtMs === undefined || lastAtMs === undefined ? {} : { firstAtMs, lastAtMs }),
  }
}

function exampleOf({ task, path, worker, failure }: NonNullable<Tally['example']>): FailureGroup['example'] {
  return {
    task,
    ...(path === undefined ? {} : { path }),
    ...(worker === undefined ? {} : { worker }),
    message: failure.message.length <= 1000 ? failure.message : `${failure.message.slice(0, 999)}…`,
  }
}

function standing(id: string, known: KnownFailures | undefined): Pick<FailureGroup, 'standing'> {
  return known === undefined ? {} : { standing: standingOf(known, id) }
}

interface Titled {
  readonly tokens: readonly string[]
  readonly errorName: string
  /** Of the service that did not answer; empty where none is known. */
  readonly port: string
  /** The different messages of the group, as far as they are kept. */
  readonly messages: readonly string[]
}

/** What all members share is shown as it is: masks are for what varies, and would hide what tells two causes apart. */
function titleOf({ tokens, errorName, port, messages }: Titled): string {
  const [only = ''] = messages
  const isShared = messages.length === 1 && !tokens.includes('*')
  const text = isShared ? headOf(only) : tokens.join(' ')
  const title = text === '' ? 'a failure without a message' : text
  const named =
    errorName === '' || errorName === 'Error' || title.includes(errorName) ? title : `${errorName}: ${title}`
  const whole = isShared || port === '' ? named : `${named} (port ${port})`
  return whole.length <= 200 ? whole : `${whole.slice(0, 199)}…`
}

/** A message up to its first empty line: below that stand differences and logs. What only announces the next comes with it. */
function headOf(message: string): string {
  const [first = '', second = ''] = withoutCommands(message)
    .replaceAll('\0', ' ')
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
  return first.endsWith(':') ? `${first} ${second}`.trim() : first
}

function distinctTests(tallies: readonly CauseTally[]): number {
  const tests = new Set<string>()
  for (const { own, followed } of tallies) {
    for (const test of own.tests) tests.add(test)
    for (const { tally } of followed.values()) for (const test of tally.tests) tests.add(test)
  }
  return tests.size
}

function categoryOf(text: string): FailureCategory {
  return failureCategories.find((category) => category === text) ?? 'unknown'
}

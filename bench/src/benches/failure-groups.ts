// How long a hundred thousand failures take to become causes, and how many causes they become. The failures are drawn from
// causes that are known, so that the groups can be checked: none may hold two causes, and each cause should be one group.
// Beside it what one would do first: a group for each different message, and one for each fingerprint.
import { groupFailures } from '@muster/analysis'
import type { FailureCategory, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { drawFrom } from '../draw.ts'

export const bench: Bench = {
  name: 'failure-groups',
  summary: '100,000 failures with 20,000 different messages grouped by cause',
  figures: {
    ms_1e5: 'grouping a report with 100,000 failures, the quickest of 5, in milliseconds',
    groups: 'groups that they come to; the notes say how many causes there were',
  },
  faults: { split: 'each message names its test, as if nothing were masked: groups must rise' },
  run: async (context) => measured(context),
}

const failures = 100_000
const distinct = 20_000
const rounds = 5

interface Cause {
  readonly category: FailureCategory
  readonly errorName: string
  readonly say: (roll: () => number) => string
  readonly stack?: string
}

async function measured({ seed, plant, progress }: BenchContext): Promise<BenchResult> {
  const { tasks, causes } = drawnTasks(seed, plant === 'split')
  const times: number[] = []
  let found = groupFailures({ tasks })
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now()
    found = groupFailures({ tasks })
    times.push(performance.now() - begin)
    progress(`round ${round + 1}: ${times.at(-1)?.toFixed(0) ?? ''} ms, ${found.groups.length} groups`)
  }
  const messages = new Set(tasks.flatMap(({ attempts }) => attempts.flatMap(messageOf)))
  const fingerprints = new Set(tasks.flatMap(({ attempts }) => attempts.flatMap(fingerprintOf)))
  return {
    figures: { ms_1e5: Math.round(Math.min(...times)), groups: found.groups.length },
    peers: {
      'a group for each message': { groups: messages.size },
      'a group for each fingerprint': { groups: fingerprints.size },
    },
    notes: [
      `${causes} causes were drawn, on 64 workers; ${found.failures} failures, ${messages.size} different messages`,
      `groups that hold more than one of the causes: ${mixedGroups(tasks)}`,
    ],
  }
}

/** Tasks that each failed once, all of them for one of a few causes. The task's tag says for which. */
function drawnTasks(
  seed: number,
  isSplit: boolean,
): { readonly tasks: readonly TaskReport[]; readonly causes: number } {
  const draw = drawFrom(seed)
  const roll = (): number => draw(2 ** 31) / 2 ** 31
  const causes = plantedCauses()
  const pool = Array.from({ length: distinct }, (_, i) => {
    const at = i % causes.length
    const { category, errorName, say, stack } = causes[at] ?? causes[0] ?? never()
    const message = isSplit ? `${say(roll)} in ${'abcdefghij'[i % 10] ?? ''}${letters(i)}` : say(roll)
    return { at, failure: makeFailure({ category, errorName, message: `${message} (try ${i})`, stack, evidence: [] }) }
  })
  const tasks = Array.from({ length: failures }, (_, i): TaskReport => {
    const { at, failure } = pool[i < distinct ? i : Math.floor(roll() * distinct)] ?? never()
    const atMs = i
    return {
      id: `suite/${String(i)}.test.ts`,
      kind: 'unit',
      tags: [`cause-${String(at)}`],
      attempts: [
        {
          n: 1,
          worker: `w${String(Math.floor(roll() * 64))}`,
          launchedAtMs: atMs,
          closedAtMs: atMs + 1,
          ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure } },
        },
      ],
    }
  })
  return { tasks, causes: causes.length }
}

/** Kinds of causes, each several times over for different parts of a product. */
function plantedCauses(): readonly Cause[] {
  const parts = ['billing', 'search', 'login', 'catalogue', 'mailer', 'export', 'ledger', 'gateway']
  return parts.flatMap((part): readonly Cause[] => [
    {
      category: 'network',
      errorName: 'Error',
      say: (roll) => `connect ECONNREFUSED ${part}.internal ${ip(roll)}:5432`,
    },
    { category: 'timeout', errorName: 'TimeoutError', say: (roll) => `${part} did not answer within ${millis(roll)}` },
    {
      category: 'resource',
      errorName: 'Error',
      say: (roll) => `${part}: no space left on device, write /var/${id(roll)}/a.log`,
    },
    {
      category: 'exception',
      errorName: 'TypeError',
      say: (roll) => `order ${id(roll)} has no customer`,
      stack: frames(part),
    },
    {
      category: 'exception',
      errorName: 'RangeError',
      say: (roll) => `order ${id(roll)} has no customer`,
      stack: frames(part),
    },
    {
      category: 'environment',
      errorName: 'Error',
      say: (roll) => `${part} fixture for customer ${word(roll)} is not seeded`,
    },
  ])
}

function frames(part: string): string {
  return `Error\n    at Array.map (<anonymous>)\n    at total (/home/ci/app/src/${part}.ts:10:2)\n    at /home/ci/app/test/${part}.test.ts:4:1`
}

const ip = (roll: () => number): string => Array.from({ length: 4 }, () => Math.floor(roll() * 256)).join('.')
const millis = (roll: () => number): string =>
  roll() < 0.5 ? `${Math.floor(roll() * 9000)}ms` : `${(roll() * 90).toFixed(1)}s`
const id = (roll: () => number): string =>
  Array.from({ length: 4 }, () =>
    Math.floor(roll() * 65536)
      .toString(16)
      .padStart(4, '0'),
  ).join('')
const word = (roll: () => number): string => letters(Math.floor(roll() * 4000) + 26 ** 3)

function letters(n: number): string {
  return n === 0 ? '' : `${letters(Math.floor(n / 26))}${'abcdefghijklmnopqrstuvwxyz'[n % 26] ?? ''}`
}

/** Groups whose failures come from more than one cause, asked one cause at a time. */
function mixedGroups(tasks: readonly TaskReport[]): number {
  const causesOfGroup = new Map<string, number>()
  for (const tag of new Set(tasks.flatMap(({ tags = [] }) => tags))) {
    const own = tasks.filter(({ tags = [] }) => tags.includes(tag))
    for (const { id: group } of groupFailures({ tasks: own }).groups)
      causesOfGroup.set(group, (causesOfGroup.get(group) ?? 0) + 1)
  }
  return [...causesOfGroup.values()].filter((causes) => causes > 1).length
}

function messageOf({ ending }: TaskReport['attempts'][number]): readonly string[] {
  return ending.kind === 'ended' && ending.outcome.failure !== undefined ? [ending.outcome.failure.message] : []
}

function fingerprintOf({ ending }: TaskReport['attempts'][number]): readonly string[] {
  return ending.kind === 'ended' && ending.outcome.failure !== undefined ? [ending.outcome.failure.fingerprint] : []
}

function never(): never {
  throw new Error('the pool has an entry for each draw')
}

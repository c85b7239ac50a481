// What would have made a run faster, in sentences with figures. Each is worked out from the run itself: tasks as long as they
// were, in a model that must first explain the run as it went. Where it does not, or nothing is known, nothing is said: advice
// that is wrong costs more than none.
import type { RunReport } from '@muster/core'
import { durationText } from '../text/duration-text.ts'
import { plainLine } from '../text/plain-text.ts'
import { criticalPath } from './critical-path.ts'
import { listSchedule, type Schedule, tailLengths } from './list-schedule.ts'
import { waitsOf } from './ready-times.ts'
import type { Timeline } from './timeline.ts'

/** Something that would have made the run faster. */
export interface FasterHint {
  readonly kind: 'longest-chain' | 'more-workers' | 'better-order' | 'fewer-retries' | 'late-start'
  /** A whole sentence, with the figure in it. */
  readonly sentence: string
  /** What it would have saved, in milliseconds; absent where it is a bound and not a saving. */
  readonly savesMs?: number | undefined
  /** The task that it is about. */
  readonly task?: string | undefined
}

/** A saving has to be this part of the run, and this long, to be worth a sentence. */
const worthPart = 0.03
const worthMs = 50
/** How far the model may be from the run as it went. */
const mostOff = 0.15
/** A chain or a task of this part of the run is what the run was waiting for. */
const nearlyAll = 0.8
/** One task moved to the front is the better advice where it saves nearly as much as a whole new order. */
const asGood = 0.9
/** A start this late, in milliseconds and as a part of the whole, is worth a sentence. */
const lateMs = 500
const latePart = 0.1

/**
 * What would have made the run faster, the largest saving first. Empty for a run that was interrupted, in which fewer than two
 * attempts ran, or that the model does not explain.
 *
 * @example
 * ```ts
 * for (const { sentence } of fasterBy(report, timelineOf(report))) console.log(sentence)
 * ```
 */
export function fasterBy(report: RunReport, timeline: Timeline): readonly FasterHint[] {
  if (report.ending !== 'finished' || timeline.attempts.length < 2 || timeline.endMs <= 0) return []
  const facts = factsOf(report, timeline)
  const about: About = {
    ...facts,
    name: (task) => plainLine(report.tasks[task]?.id ?? '') || '(no name)',
    isWorth: (savesMs) => savesMs >= worthMs && savesMs >= worthPart * facts.spanMs,
  }
  const modelMs = listSchedule(facts)
  const isExplained = Math.abs(modelMs - facts.spanMs) <= mostOff * facts.spanMs
  const modelled = isExplained
    ? [longestChain(about), moreWorkers(about, modelMs), betterOrder(about, modelMs), fewerRetries(about, modelMs)]
    : []
  return [lateStart(about), ...modelled]
    .filter((hint) => hint !== undefined)
    .sort((a, b) => (b.savesMs ?? Infinity) - (a.savesMs ?? Infinity) || (a.kind < b.kind ? -1 : 1))
}

interface Facts extends Schedule {
  /** When the first attempt was launched. */
  readonly beganMs: number
  /** From there to the end of the last attempt. */
  readonly spanMs: number
  /** Time of attempts that failed before another try. */
  readonly retriedMs: Float64Array
  /** Tasks of the critical path, first to last. */
  readonly path: readonly number[]
}

interface About extends Facts {
  readonly name: (task: number) => string
  readonly isWorth: (savesMs: number) => boolean
}

function factsOf(report: RunReport, timeline: Timeline): Facts {
  const { attempts, workers } = timeline
  const count = report.tasks.length
  const durations = new Float64Array(count)
  const retriedMs = new Float64Array(count)
  const ranks = new Float64Array(count)
  const last = new Map<number, number>()
  let beganMs = Infinity
  let endMs = 0
  attempts.forEach(({ task, launchedAtMs, closedAtMs }, at) => {
    if (!last.has(task)) ranks[task] = at
    retriedMs[task] = durations[task] ?? 0
    durations[task] = (durations[task] ?? 0) + closedAtMs - launchedAtMs
    last.set(task, at)
    beganMs = Math.min(beganMs, launchedAtMs)
    endMs = Math.max(endMs, closedAtMs)
  })
  return {
    durations,
    retriedMs,
    ranks,
    waits: waitsOf(report.tasks),
    tasks: Array.from(last.keys()),
    slots: Math.max(
      1,
      workers.reduce((sum, { slots }) => sum + slots, 0),
    ),
    beganMs,
    spanMs: endMs - beganMs,
    path: criticalPath(timeline).map(({ attempt }) => attempts[attempt]?.task ?? 0),
  }
}

/** Nothing can be shorter than the longest chain of tasks that wait for one another. */
function longestChain({ durations, waits, tasks, spanMs, name }: About): FasterHint | undefined {
  const tails = tailLengths({ durations, waits, tasks })
  const head = tasks.reduce((best, task) => ((tails[task] ?? 0) > (tails[best] ?? 0) ? task : best), tasks[0] ?? 0)
  const boundMs = tails[head] ?? 0
  if (boundMs < nearlyAll * spanMs) return undefined
  const longest = tasks.reduce((best, one) => ((durations[one] ?? 0) > (durations[best] ?? 0) ? one : best), head)
  const longestMs = durations[longest] ?? 0
  if (longestMs >= nearlyAll * spanMs) {
    const sentence = `“${name(longest)}” alone took ${durationText(longestMs)} of ${durationText(spanMs)}: no number of workers makes the run shorter than that. Split it.`
    return { kind: 'longest-chain', task: name(longest), sentence }
  }
  const sentence = `Tasks that wait for one another, from “${name(head)}” on, took ${durationText(boundMs)} of ${durationText(spanMs)}: no number of workers makes the run shorter than that. Shorten that chain.`
  return { kind: 'longest-chain', task: name(head), sentence }
}

function moreWorkers(about: About, modelMs: number): FasterHint | undefined {
  const { slots, isWorth } = about
  const one = modelMs - listSchedule({ ...about, slots: slots + 1 })
  const twice = modelMs - listSchedule({ ...about, slots: 2 * slots })
  if (isWorth(one)) {
    const beyond = slots > 1 && twice > one ? `; ${2 * slots} instead of ${slots}, ${durationText(twice)}` : ''
    const sentence = `One more slot for tasks would have saved ${durationText(one)}${beyond}.`
    return { kind: 'more-workers', sentence, savesMs: one }
  }
  if (slots === 1 || !isWorth(twice)) return undefined
  const sentence = `Twice the slots, ${2 * slots} instead of ${slots}, would have saved ${durationText(twice)}; one more saves nothing.`
  return { kind: 'more-workers', sentence, savesMs: twice }
}

/** What came last on the path first, with all that it waits for; or else the longest chains first. */
function betterOrder(about: About, modelMs: number): FasterHint | undefined {
  const { durations, waits, tasks, ranks, path, isWorth, name } = about
  const tails = tailLengths({ durations, waits, tasks })
  const longest = path.reduce(
    (best, task) => ((durations[task] ?? 0) > (durations[best] ?? 0) ? task : best),
    path[0] ?? 0,
  )
  const first = new Set(withDependencies(longest, waits))
  const moved = Float64Array.from(ranks, (rank, task) => (first.has(task) ? rank - ranks.length : rank))
  const oneFirst = modelMs - listSchedule({ ...about, ranks: moved })
  const allFirst = modelMs - listSchedule({ ...about, ranks: Float64Array.from(tails, (tail) => -tail) })
  const savesMs = Math.max(oneFirst, allFirst)
  if (!isWorth(savesMs)) return undefined
  if (oneFirst >= asGood * savesMs) {
    const sentence = `Starting “${name(longest)}” first would have saved ${durationText(oneFirst)}.`
    return { kind: 'better-order', sentence, savesMs: oneFirst, task: name(longest) }
  }
  const sentence = `Starting the longest chains of work first would have saved ${durationText(allFirst)}.`
  return { kind: 'better-order', sentence, savesMs: allFirst }
}

function withDependencies(task: number, waits: Schedule['waits']): readonly number[] {
  const seen = new Set([task])
  for (const one of seen) for (const on of waits[one] ?? []) seen.add(on)
  return Array.from(seen)
}

function fewerRetries(about: About, modelMs: number): FasterHint | undefined {
  const { durations, retriedMs, tasks, isWorth } = about
  const retried = tasks.filter((task) => (retriedMs[task] ?? 0) > 0)
  if (retried.length === 0) return undefined
  const once = Float64Array.from(durations, (ms, task) => ms - (retriedMs[task] ?? 0))
  const savesMs = modelMs - listSchedule({ ...about, durations: once })
  if (!isWorth(savesMs)) return undefined
  const [only] = retried
  const sentence =
    retried.length === 1 && only !== undefined
      ? `Had “${about.name(only)}” needed one attempt, the run would have been ${durationText(savesMs)} shorter.`
      : `Had each of the ${retried.length} tasks that were tried again needed one attempt, the run would have been ${durationText(savesMs)} shorter.`
  return {
    kind: 'fewer-retries',
    sentence,
    savesMs,
    ...(retried.length === 1 && only !== undefined ? { task: about.name(only) } : {}),
  }
}

function lateStart({ beganMs, spanMs }: About): FasterHint | undefined {
  if (beganMs < lateMs || beganMs < latePart * (beganMs + spanMs)) return undefined
  const sentence = `The first task was launched ${durationText(beganMs)} after the run began: until then tests were being found or workers started.`
  return { kind: 'late-start', sentence }
}

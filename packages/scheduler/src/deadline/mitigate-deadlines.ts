// What could be done about a deadline that will probably not hold: every step is data with what it would gain, worked out by
// the same forecast. Whoever asked decides; `deadlineAware` applies the reordering by itself.
import { assessDeadlines, type DeadlineRisk, seconds } from './assess-deadlines.ts'
import type { DeadlineSnapshot, DueTask } from './deadline-snapshot.ts'
import { durationSpread } from './duration-spread.ts'
import { forecastEnds } from './forecast-ends.ts'

/** A step that would make a deadline likelier. */
export interface MitigationStep {
  readonly kind: 'reorder' | 'reserve' | 'pre-empt' | 'split' | 'faster-class' | 'shed'
  /** The task that it is for. */
  readonly task: string
  /** Tasks that it costs something. */
  readonly costs: readonly string[]
  /** Probability of the deadline with it alone, 0 to 1, and how much that is more. */
  readonly probability: number
  readonly gain: number
  readonly because: string
  /** Whether a policy may do so by itself, or somebody has to say yes. */
  readonly isOffered: boolean
}

/**
 * Steps for every task whose deadline is not safe, those that gain most first; none for what nothing would help.
 *
 * @example
 * ```ts
 * console.log(mitigateDeadlines(snapshot)[0]?.because)
 * // prints such as: Ahead of 4 others, upgrade would start at once.
 * ```
 */
export function mitigateDeadlines(snapshot: DeadlineSnapshot): readonly MitigationStep[] {
  const steps: MitigationStep[] = []
  for (const risk of assessDeadlines(snapshot)) {
    if (risk.kind !== 'task' || risk.risk === 'safe' || risk.risk === 'missed') continue
    const at = snapshot.waiting.findIndex(({ task }) => task.id === risk.id)
    const due = snapshot.waiting[at]
    if (due === undefined) continue
    for (const { step, then } of tries(snapshot, due, at)) {
      const probability = chanceOf(then, risk)
      const gain = probability - risk.probability
      if (gain > 0.01) steps.push({ ...step, task: risk.id, probability, gain })
    }
  }
  return steps.toSorted(
    (a, b) =>
      b.gain - a.gain || Number(a.isOffered) - Number(b.isOffered) || (a.task < b.task ? -1 : a.task > b.task ? 1 : 0),
  )
}

interface Try {
  readonly step: Omit<MitigationStep, 'task' | 'probability' | 'gain'>
  readonly then: DeadlineSnapshot
}

function tries(snapshot: DeadlineSnapshot, due: DueTask, at: number): readonly Try[] {
  const { waiting, running } = snapshot
  const { id } = due.task
  const others = waiting.filter((one) => one !== due)
  const first = [due, ...others]
  const all: Try[] = []
  const add = (step: Try['step'], then: DeadlineSnapshot): number => all.push({ step, then })
  const passed = waiting.slice(0, at).map(({ task }) => task.id)
  if (at > 0) {
    add(
      {
        kind: 'reorder',
        costs: passed,
        isOffered: false,
        because: `It would go before ${passed.length} other${passed.length === 1 ? '' : 's'}.`,
      },
      { ...snapshot, waiting: first },
    )
    add(
      {
        kind: 'reserve',
        costs: passed,
        isOffered: true,
        because: `The next slot that is free would be kept for ${id}.`,
      },
      { ...snapshot, waiting: first },
    )
  }
  const victim = running.find(
    ({ isOptional, task }) => isOptional === true && (task.deadlineMs ?? Infinity) > (due.task.deadlineMs ?? 0),
  )
  if (victim !== undefined) {
    add(
      {
        kind: 'pre-empt',
        costs: [victim.task.id],
        isOffered: true,
        because: `${victim.task.id} could do it again later: ${id} would start at once.`,
      },
      { ...snapshot, running: running.filter((one) => one !== victim), waiting: [...first, victim] },
    )
  }
  const { parts = 1, fasterBy = 1 } = due
  if (parts > 1) {
    const share = Math.min(parts, snapshot.slots)
    add(
      {
        kind: 'split',
        costs: [],
        isOffered: true,
        because: `In ${share} parts at the same time it would take about ${seconds(lengthOf(due) / share)}.`,
      },
      { ...snapshot, waiting: waiting.map((one) => (one === due ? scaled(due, 1 / share) : one)) },
    )
  }
  if (fasterBy > 1) {
    add(
      {
        kind: 'faster-class',
        costs: [],
        isOffered: true,
        because: `A faster class of workers would take ${seconds(lengthOf(due) / fasterBy)} for it.`,
      },
      { ...snapshot, waiting: waiting.map((one) => (one === due ? scaled(due, 1 / fasterBy) : one)) },
    )
  }
  const optional = waiting.slice(0, at).filter(({ isOptional }) => isOptional === true)
  if (optional.length > 0) {
    const costs = optional.map(({ task }) => task.id)
    add(
      { kind: 'shed', costs, isOffered: true, because: `${costs.join(', ')} could be left out.` },
      { ...snapshot, waiting: waiting.filter((one) => !optional.includes(one)) },
    )
  }
  return all
}

function chanceOf(snapshot: DeadlineSnapshot, { id, deadlineMs }: DeadlineRisk): number {
  return (
    forecastEnds(snapshot)
      .find(({ due }) => due.task.id === id)
      ?.within(deadlineMs) ?? 0
  )
}

function lengthOf({ task, facts }: DueTask): number {
  return Math.exp(durationSpread(task, facts, 1000).mu)
}

function scaled(due: DueTask, factor: number): DueTask {
  const { task, facts } = due
  const { duration } = facts ?? {}
  if (duration === undefined) return { ...due, task: { ...task, expectedMs: factor * (task.expectedMs ?? 1000) } }
  const { medianMs, p10Ms, p90Ms, samples } = duration
  return {
    ...due,
    facts: {
      ...facts,
      duration: { medianMs: factor * medianMs, p10Ms: factor * p10Ms, p90Ms: factor * p90Ms, samples },
    },
  }
}

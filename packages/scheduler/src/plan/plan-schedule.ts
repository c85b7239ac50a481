// A plan: when and where each task of a known set should run, looked for as long as its caller allows. What a strategy
// decides in a moment is a good guess; for a suite that runs every night for an hour, seconds of search are well spent.
import { MusterError } from '@muster/core'
import { assignBySufferage } from './assign-by-sufferage.ts'
import { chainSchedule } from './chain-schedule.ts'
import { diceFrom } from './dice.ts'
import { type MakespanBound, makespanBound } from './makespan-bound.ts'
import { type PlanProblem, ranksBy, type Schedule } from './plan-problem.ts'
import { expectedDurations, type PlanQuestion } from './plan-question.ts'
import { readProblem } from './read-problem.ts'
import { endsOf, tailsOf } from './rehearse.ts'
import { isAssignment, oneAfterAnother, searchAssignment } from './search-assignment.ts'
import { searchSchedules } from './search-schedules.ts'
import { SerialScheduler } from './serial-schedule.ts'

/** How long to look. */
export interface PlanOptions {
  /** Schedules to make at most; each costs about as much as the kernel's own decisions for such a run. @defaultValue `1000` */
  readonly passes?: number | undefined
  /** Same seed, same plan. A whole number. @defaultValue `1` */
  readonly seed?: number | undefined
  /**
   * Milliseconds to look at most. A plan that was cut short by the clock is not the same on another machine.
   * @defaultValue as long as the passes take
   */
  readonly forMs?: number | undefined
  /** The clock for `forMs`, in milliseconds, for example `() => performance.now()`: this package has none of its own. */
  readonly now?: (() => number) | undefined
}

/** One task in a plan. */
export interface PlannedTask {
  readonly id: string
  /** Id of the worker. */
  readonly worker: string
  readonly startMs: number
  readonly finishMs: number
  /** Ids of tasks whose resources it takes over; what it depends on is not among them. */
  readonly after: readonly string[]
}

/** A schedule to follow. */
export interface SchedulePlan {
  readonly makespanMs: number
  /** What no plan can beat. */
  readonly bound: MakespanBound
  /** Tasks that run, by their start; of those that start together, each after all it waits for. */
  readonly tasks: readonly PlannedTask[]
  /** Schedules that were made. */
  readonly passes: number
}

/**
 * The shortest schedule that a search finds for tasks that are known beforehand, with dependencies, resources, locks,
 * limits of groups, and workers that may differ in speed.
 *
 * *When to use*: runs that come again and again and take long, on resources that are scarce. `followPlan` and
 * `tasksInPlan` carry a plan out; for less than a second of planning use `lookAhead`.
 *
 * Details: any-time, so that more passes give the same plan or a shorter one as far as the same passes were made; stops
 * early where a plan is as short as the bound. A task that no worker suits has no place in it. Tasks of no length hold
 * nothing in a plan; where they need something all the same, a run may end later than planned.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = [{ id: 'lab', engine: 'local', kinds: ['unit'], capacity: { slots: 4, device: 1 } }]
 * const plan = planSchedule({ graph, workers }, { passes: 2000 })
 * const muster = createOrchestrator({ executors, policy: followPlan(plan) })
 * muster.run({ tasks: tasksInPlan(tasks, plan) })
 * ```
 */
export function planSchedule(question: PlanQuestion, options: PlanOptions = {}): SchedulePlan {
  const { passes = 1000, seed = 1, forMs, now } = options
  checkWhole('passes', passes, 1)
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER)
  const isTimeUp = stopwatch(forMs, now)
  const { problem, leastMs, bound } = openProblem(question)
  const search = { problem, leastMs, boundMs: bound.ms, passes, isTimeUp }
  const { schedule, passes: made } = isAssignment(problem)
    ? searchAssignment({ ...search, roll: diceFrom(seed) })
    : searchSchedules({ ...search, seed })
  return planOf(question, { problem, bound, schedule, passes: made })
}

/**
 * A plan made in one go for workers that are not equally fast at everything: the task first that would suffer most from not
 * getting its best worker.
 *
 * *When to use*: workers of several kinds, where there is no time to search. Quadratic in the number of tasks.
 *
 * Details: dependencies have no say in who runs what, only in when.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = ['quick', 'slow'].map((id) => ({ id, engine: 'local', kinds: ['unit'], capacity: { slots: 1 } }))
 * const durationMs = (task: TaskDefinition, { id }: WorkerDefinition) => history.get(`${task.id} on ${id}`)
 * const plan = sufferagePlan({ graph, workers, durationMs })
 * createOrchestrator({ executors, policy: followPlan(plan, { workers: 'kept' }) })
 * ```
 */
export function sufferagePlan(question: PlanQuestion): SchedulePlan {
  const { problem, leastMs, bound } = openProblem(question)
  const assigned = assignBySufferage(problem)
  const tails = tailsOf(problem, leastMs)
  const schedule = isAssignment(problem)
    ? oneAfterAnother(problem, assigned)
    : new SerialScheduler(problem).generate(
        ranksBy(problem, (node) => 0 - (tails[node] ?? 0)),
        assigned,
      )
  return planOf(question, { problem, bound, schedule, passes: 1 })
}

interface OpenProblem {
  readonly problem: PlanProblem
  readonly bound: MakespanBound
}

function openProblem(question: PlanQuestion): OpenProblem & { readonly leastMs: Float64Array } {
  const durations = expectedDurations(question)
  const problem = readProblem({ ...question, durationMs: durations.on })
  const leastMs = durations.leastMs.map((ms, node) => (problem.runs[node] === 1 ? ms : 0))
  return { problem, leastMs, bound: makespanBound(question.graph, question.workers, leastMs) }
}

function planOf(
  question: PlanQuestion,
  { problem, bound, schedule, passes }: OpenProblem & { readonly schedule: Schedule; readonly passes: number },
): SchedulePlan {
  return { makespanMs: schedule.makespanMs, bound, tasks: plannedTasks(question, problem, schedule), passes }
}

/** Tasks of a schedule in the order in which they start. */
function plannedTasks(
  { graph, workers }: PlanQuestion,
  problem: PlanProblem,
  schedule: Schedule,
): readonly PlannedTask[] {
  const { startsMs, workers: placedOn } = schedule
  const ends = endsOf(problem, schedule)
  // What takes no time comes before what begins at the same moment, and so finds its room.
  const takesTime = (node: number): number => ((ends[node] ?? 0) > (startsMs[node] ?? 0) ? 1 : 0)
  const order = [...problem.order].sort(
    (a, b) => (startsMs[a] ?? 0) - (startsMs[b] ?? 0) || takesTime(a) - takesTime(b),
  )
  const chains = chainSchedule(problem, schedule, order)
  return order.flatMap((node): readonly PlannedTask[] => {
    const worker = workers[placedOn[node] ?? -1]
    if (worker === undefined) return []
    const after = (chains[node] ?? []).map((other) => graph.id(other))
    return [{ id: graph.id(node), worker: worker.id, startMs: startsMs[node] ?? 0, finishMs: ends[node] ?? 0, after }]
  })
}

function stopwatch(forMs: number | undefined, now: (() => number) | undefined): () => boolean {
  if (forMs === undefined) return () => false
  if (!(forMs >= 0) || now === undefined)
    throw new MusterError('OPTIONS_INVALID', {
      expected: '`forMs` to be a number of milliseconds from 0 up, with a clock `now` beside it',
      got: now === undefined ? 'no clock' : String(forMs),
      remedy: 'Pass `now: () => performance.now()`.',
    })
  const untilMs = now() + forMs
  return () => now() >= untilMs
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: `${name} to be a whole number${least === 1 ? ' from 1 up' : ''}`,
    got: String(value),
  })
}

// The naive oracle kernel: reads the entries of a journal one by one, says for each whether it was allowed, and works out from
// scratch what must be true after it. Slow and obvious on purpose.
import type { VerdictKind } from '../../../model/verdict.ts'
import type { Policy } from '../../../ports/policy.ts'
import type {
  Cancelling,
  CommitRecord,
  Entry,
  Lost,
  Quarantine,
  Retrying,
  TasksAddedEntry,
} from '../../../run/entry.ts'
import type { KernelOptions } from '../../../run/kernel-options.ts'
import type { CancelScope } from '../../../run/signal.ts'
import { LawBroken, uphold } from '../laws.ts'
import { checkReservation, expectRetry, mayGiveUp, mayRetry } from './expect-retry.ts'
import {
  type Blame,
  effectOf,
  spreadBlame,
  type Surroundings,
  verdictOfEnd,
  verdictOfGivingUp,
} from './expect-verdict.ts'
import { checkLaunch, checkUnplaceable } from './check-launch.ts'
import { placesFor, taskView, usageOf, workerView } from './placeable.ts'
import { checkNothingMissing } from './check-nothing-missing.ts'
import { checkGreen, checkScope } from './check-scope.ts'
import { BreakerBook } from './breaker-book.ts'
import { Loneliness } from './loneliness.ts'
import { suits, wouldSuit } from './placeable.ts'
import {
  emptyModel,
  isPlacing,
  membersOf,
  type Model,
  type ModelAttempt,
  type ModelDependency,
  type ModelTask,
  type ModelVerdict,
  openAttemptOf,
} from './model.ts'

/** Reads a journal and throws `LawBroken` where it breaks a law. */
export class Oracle {
  readonly model: Model = emptyModel()
  readonly #policy: Policy
  /** Asked where two verdicts are right alike: a new task that waits for one that failed and for one that was skipped. */
  readonly #choose: (task: number) => VerdictKind | undefined
  #pending: TasksAddedEntry[] = []
  #lastAtMs = 0
  #lastWallMs: number | undefined
  /** How much longer by the wall clock than in run time the time since the last commit was. */
  #downMs = 0
  readonly #byId = new Map<string, ModelTask>()
  readonly #loneliness = new Loneliness()
  readonly #breakers = new BreakerBook(this.model)

  constructor(policy: Policy, choose: (task: number) => VerdictKind | undefined) {
    this.#policy = policy.forRun?.() ?? policy
    this.#choose = choose
    this.model.admits = (task, worker) => this.#breakers.admits(task, worker)
  }

  /** Reads one commit. */
  read(commit: CommitRecord): void {
    const { model } = this
    uphold(7, commit.atMs >= this.#lastAtMs, () => `time went back from ${this.#lastAtMs} to ${commit.atMs}`)
    const wallMs = commit.wallMs - (this.#lastWallMs ?? commit.wallMs)
    this.#downMs = Math.max(0, wallMs - (commit.atMs - this.#lastAtMs))
    this.#lastWallMs = commit.wallMs
    this.#lastAtMs = commit.atMs
    // Time that passed without a commit is forgotten with its owner.
    model.atMs = commit.atMs
    for (const entry of commit.entries) this.#read(entry)
    this.checkNow(commit.atMs)
    if (isPlacing(model)) model.vacated.length = 0
  }

  /** Checks that nothing is left undone at a time. */
  checkNow(atMs: number): void {
    this.model.atMs = Math.max(this.model.atMs, atMs)
    checkNothingMissing(this.model, this.#policy, this.#loneliness)
    if (this.model.epoch > 0 && this.model.over === undefined) this.#breakers.check()
  }

  #read(entry: Entry): void {
    const { model } = this
    switch (entry.kind) {
      case 'run-begun':
        uphold(7, model.options === undefined, () => 'a run began twice')
        model.options = entry.options
        return
      case 'run-opened':
        uphold(9, entry.epoch > model.epoch, () => `epoch ${entry.epoch} was opened after ${model.epoch}`)
        model.epoch = entry.epoch
        model.draining = 'no'
        model.over = undefined
        for (const worker of model.workers) worker.state = 'left'
        model.vacated.length = 0
        for (const task of model.tasks) {
          if (task.status === 'backing-off') task.dueMs = Math.max(model.atMs, task.dueMs - this.#downMs)
        }
        this.#breakers.shorten(this.#downMs)
        this.#loneliness.forget()
        return
      case 'tasks-added':
        this.#pending.push(entry)
        if (!entry.more) this.#addTasks()
        return
      case 'source-closed':
        model.isSourceClosing = true
        if (this.#pending.length === 0) this.#closeSource()
        return
      case 'group-sealed': {
        const group = model.groups.get(entry.group)
        uphold(5, group !== undefined, () => `group ${entry.group}, which nobody knows, was sealed`)
        if (group !== undefined) group.isSealed = true
        this.#propagate()
        return
      }
      case 'worker-joined':
        uphold(7, entry.worker <= model.workers.length, () => `worker ${entry.worker} leaves a gap`)
        this.#meetLife(entry)
        model.workers[entry.worker] = {
          definition: entry.definition,
          state: 'joined',
          incarnation: entry.incarnation ?? model.workers[entry.worker]?.incarnation,
          isLeaving: false,
          isOut: model.workers[entry.worker]?.isOut ?? false,
        }
        return
      case 'worker-draining':
      case 'worker-left': {
        const worker = model.workers[entry.worker]
        if (worker === undefined) throw new LawBroken(5, `worker ${entry.worker}, which nobody knows, left`)
        this.#meetLife(entry)
        model.workers[entry.worker] = {
          definition: worker.definition,
          state: entry.kind === 'worker-left' ? 'left' : 'draining',
          incarnation: entry.incarnation ?? worker.incarnation,
          isLeaving: true,
          isOut: worker.isOut,
        }
        return
      }
      case 'launched': {
        const task = this.#task(entry.task)
        checkLaunch(model, this.#policy, task, entry)
        task.status = 'running'
        task.wish = undefined
        const { scope } = task
        task.scope = undefined
        uphold(4, entry.cases === scope?.cases.length, () => {
          return `${name(entry)} was launched for ${entry.cases ?? 'all'} cases, expected ${scope?.cases.length ?? 'all'}`
        })
        task.attempts.push({
          n: entry.n,
          worker: entry.worker,
          launchedAtMs: model.atMs,
          scope,
          claims: entry.claims ?? [],
          isStarted: false,
          isCancelling: false,
          outcome: undefined,
          lost: undefined,
        })
        task.isOpenSuspect = task.deaths > 0
        const attempt = openAttemptOf(task)
        if (attempt !== undefined) this.#breakers.launched(task, attempt)
        this.#tell('launched', task, entry)
        return
      }
      case 'started': {
        const attempt = this.#open(entry)
        uphold(5, !attempt.isStarted, () => `${name(entry)} started twice`)
        attempt.isStarted = true
        return
      }
      case 'ended': {
        const task = this.#task(entry.task)
        const attempt = this.#open(entry)
        attempt.outcome = entry.outcome
        const isPreempted = this.model.kept.has(task) && task.cancelledBy === undefined
        uphold(4, !isPreempted || ['passed', 'skipped'].includes(entry.outcome.result), () => {
          return `${name(entry)} made room and is charged with ${entry.outcome.result}`
        })
        this.#vacate(task)
        checkGreen(task, attempt, entry.outcome)
        this.#tell('ended', task, entry)
        this.#breakers.ended(task, attempt, entry.outcome)
        const { result } = entry.outcome
        uphold(4, result !== 'cancelled' || !attempt.isCancelling || task.cancelledBy !== undefined, () => {
          return `${name(entry)} is charged for an interrupt`
        })
        if (result === 'passed' || result === 'skipped') this.#judge(task, verdictOfEnd(task))
        else task.status = 'deciding'
        this.#propagate()
        return
      }
      case 'lost':
        this.#lose(entry)
        return
      case 'breaker':
        this.#breakers.change(entry)
        return
      case 'quarantined':
      case 'quarantine-lifted':
        this.#quarantine(entry)
        return
      case 'policy-failed':
        uphold(10, false, () => `the policy is said to have failed: ${entry.because}`)
        return
      case 'cancelling': {
        const attempt = this.#open(entry)
        if (entry.makesRoomFor !== undefined) this.#preempt(entry, entry.makesRoomFor)
        const isPreempted = entry.makesRoomFor !== undefined
        const isWanted = isPreempted || this.#task(entry.task).cancelledBy !== undefined || model.draining === 'hard'
        uphold(2, isWanted, () => `${name(entry)} is asked to end though nobody wants it`)
        uphold(5, !attempt.isCancelling, () => `${name(entry)} is asked to end twice`)
        attempt.isCancelling = true
        return
      }
      case 'retrying':
        this.#readRetry(entry)
        return
      case 'gave-up': {
        const task = this.#task(entry.task)
        this.#checkDeciding(task)
        const expected = expectRetry(task, this.#options(), model)
        uphold(4, mayGiveUp(expected, entry.because), () => {
          return `task ${entry.task} was given up as ${entry.because}, expected ${JSON.stringify(expected)}`
        })
        this.#judge(task, verdictOfGivingUp(task, entry.because))
        this.#propagate()
        return
      }
      case 'delay-elapsed': {
        const task = this.#task(entry.task)
        uphold(2, task.status === 'backing-off' && task.dueMs <= model.atMs, () => {
          return `the wait of task ${entry.task} (${task.status}, due ${task.dueMs}) was over at ${model.atMs}`
        })
        task.status = 'ready'
        return
      }
      case 'edge-expired':
        this.#expire(entry.edge)
        return
      case 'unplaceable': {
        const task = this.#task(entry.task)
        checkUnplaceable(model, task, this.#loneliness.sinceMs(task) ?? model.atMs)
        this.#judge(task, { kind: 'unplaceable', by: new Set() })
        this.#propagate()
        return
      }
      case 'cancel-requested':
        this.#cancel(entry.scope, entry.by)
        return
      case 'paused':
      case 'unpaused':
        model.isPaused = entry.kind === 'paused'
        return
      case 'draining':
        // Whoever ends it for now leaves it to the next owner to go on.
        model.isPaused = false
        model.draining = entry.hard ? 'hard' : model.draining === 'hard' ? 'hard' : 'soft'
        return
      case 'finished':
        this.#finish(entry.ending)
        return
    }
  }

  /** The policy that the oracle asks remembers what the one of the kernel remembers. */
  #tell(kind: 'launched' | 'ended' | 'lost', task: ModelTask, { n }: { readonly n: number }): void {
    const { model } = this
    const { worker = 0, launchedAtMs = 0, outcome, lost = 'worker' } = task.attempts[n - 1] ?? {}
    const about = {
      atMs: model.atMs,
      task: taskView(model, task),
      n,
      worker: workerView(model, usageOf(model), worker),
      heldMs: model.atMs - launchedAtMs,
    }
    if (kind === 'launched') this.#policy.observe?.({ kind, ...about })
    else if (kind === 'lost') this.#policy.observe?.({ kind, ...about, cause: lost })
    else if (outcome !== undefined) this.#policy.observe?.({ kind, ...about, outcome })
  }

  /** Room is made for one that waits, has no place, and finds one where the other leaves; nothing that may not run again leaves. */
  #preempt(entry: Cancelling, beneficiary: number): void {
    const { model } = this
    const victim = this.#task(entry.task)
    const task = this.#task(beneficiary)
    const attempt = this.#open(entry)
    const about = `${name(entry)} makes room for task ${beneficiary}`
    uphold(2, isPlacing(model), () => `${about} though the run places nothing now`)
    uphold(4, victim.definition.idempotent !== false, () => `${about} though it may not run twice`)
    uphold(2, task.status === 'ready', () => `${about}, which is ${task.status}`)
    uphold(
      10,
      ![...model.kept.values()].some((kept) => kept.task === task),
      () => `${about}, which has a place to come`,
    )
    const usage = usageOf(model)
    uphold(10, placesFor(model, usage, this.#policy, task).length === 0, () => `${about}, which has a place already`)
    // As much as it needed then: it may have begun elsewhere meanwhile, and need more by now.
    model.kept.set(victim, { task, worker: attempt.worker, needs: task.needs })
    const used = usageOf(model).resources[attempt.worker]
    const { capacity = {} } = model.workers[attempt.worker]?.definition ?? {}
    for (const [resource, amount] of task.needs) {
      const given = victim.needs.find(([given]) => given === resource)?.[1] ?? 0
      const after = (used?.get(resource) ?? 0) + Math.min(0, amount - given)
      uphold(10, after <= (capacity[resource] ?? 0) + 1e-6, () => `${about}, which finds no room there`)
    }
    this.#policy.observe?.({
      kind: 'pre-empting',
      atMs: model.atMs,
      task: taskView(model, victim),
      n: entry.n,
      worker: workerView(model, usage, attempt.worker),
      beneficiary: taskView(model, task),
    })
  }

  /** An attempt is over: whoever its place was kept for goes first now. */
  #vacate(task: ModelTask): void {
    const kept = this.model.kept.get(task)
    if (kept === undefined) return
    this.model.kept.delete(task)
    this.model.vacated.push(kept.task)
  }

  #lose(entry: Lost): void {
    const { causedBy, cause } = entry
    const task = this.#task(entry.task)
    const attempt = this.#open(entry)
    attempt.lost = cause
    this.#vacate(task)
    this.#tell('lost', task, entry)
    task.status = 'deciding'
    const other = causedBy === undefined ? undefined : this.#task(causedBy.task)
    const killer = other?.attempts[(causedBy?.n ?? 0) - 1]
    uphold(11, other === undefined || (killer?.lost === 'worker' && killer.worker === attempt.worker), () => {
      return `${name(entry)} is said to be lost by ${JSON.stringify(causedBy)}, which was not`
    })
    uphold(11, other === undefined || other.deaths > task.deaths, () => {
      return `${name(entry)} is said to be lost by task ${other?.handle ?? ''}, which is suspected less`
    })
    const isSuspect = cause === 'worker' && (other === undefined || other.deaths <= 1)
    if (isSuspect) task.deaths++
    this.#breakers.lost(attempt, isSuspect && other === undefined)
  }

  #quarantine({ kind, worker }: Quarantine): void {
    const { model } = this
    const known = model.workers[worker]
    if (known === undefined) throw new LawBroken(11, `worker ${worker}, which nobody knows, is put out or in`)
    const isOut = kind === 'quarantined'
    uphold(11, known.isOut !== isOut, () => `worker ${worker} is put ${isOut ? 'out' : 'in'} twice`)
    const open = model.tasks.filter(({ status }) => status !== 'judged')
    if (isOut) {
      uphold(11, this.#breakers.isDoubted(worker), () => `worker ${worker} is put out without a reason`)
      const hasOther = model.tasks.some(({ attempts }) => {
        return attempts.some((attempt) => attempt.worker !== worker && attempt.outcome?.result === 'passed')
      })
      uphold(11, hasOther, () => `worker ${worker} is put out though nobody fares better`)
      const stuck = open.find((task) => {
        return suits(known, task) && !model.workers.some((other) => other !== known && suits(other, task))
      })
      uphold(
        11,
        stuck === undefined,
        () => `worker ${worker} is put out though only it can run task ${stuck?.handle ?? ''}`,
      )
    } else {
      const isNeeded = open.some((task) => wouldSuit(known, task) && !model.workers.some((other) => suits(other, task)))
      uphold(11, isNeeded, () => `worker ${worker} is put in again though others could do its work`)
    }
    model.workers[worker] = { ...known, isOut }
    this.#breakers.forget(worker)
  }

  #closeSource(): void {
    const { model } = this
    model.isSourceClosed = true
    for (const group of model.groups.values()) group.isSealed = true
    this.#propagate()
  }

  /** What is told of a worker is not about a life that is over, and nothing of a life before is open in a new one. */
  #meetLife(entry: Extract<Entry, { kind: 'worker-joined' | 'worker-draining' | 'worker-left' }>): void {
    const { worker, incarnation, kind } = entry
    const known = this.model.workers[worker]
    if (known?.incarnation === undefined || incarnation === undefined) return
    const isOver = kind === 'worker-joined' && known.isLeaving && incarnation === known.incarnation
    uphold(
      5,
      incarnation >= known.incarnation && !isOver,
      () => `${kind} of life ${incarnation} of worker ${worker}, which is over`,
    )
    if (incarnation === known.incarnation || kind === 'worker-left') return
    const left = this.model.tasks.find((task) => openAttemptOf(task)?.worker === worker)
    uphold(5, left === undefined, () => {
      return `life ${incarnation} of worker ${worker} began while task ${left?.handle ?? ''} was open in the one before`
    })
  }

  #addTasks(): void {
    const { model } = this
    const chunks = this.#pending
    this.#pending = []
    for (const definition of chunks.flatMap((chunk) => chunk.groups)) {
      if (!model.groups.has(definition.id))
        model.groups.set(definition.id, { definition, isSealed: model.isSourceClosed })
    }
    const added = chunks
      .flatMap((chunk) => chunk.tasks)
      .map((definition, i): ModelTask => {
        for (const id of definition.groups ?? []) {
          if (!model.groups.has(id)) model.groups.set(id, { definition: { id }, isSealed: false })
        }
        const needs = Object.entries({ slots: 1, ...definition.needs?.resources }).sort(([a], [b]) => (a < b ? -1 : 1))
        const labels = [...new Set(definition.needs?.labels)].sort()
        return {
          handle: model.tasks.length + i,
          definition,
          needs,
          needsKey: JSON.stringify([definition.kind, labels, needs]),
          dependencies: this.#dependencies(definition.dependsOn ?? []),
          attempts: [],
          status: 'waiting',
          cancelledBy: undefined,
          dueMs: 0,
          deaths: 0,
          isOpenSuspect: false,
          wish: undefined,
          scope: undefined,
          verdict: undefined,
        }
      })
    for (const task of added) {
      uphold(7, !this.#byId.has(task.definition.id), () => `task ${task.definition.id} came twice`)
      model.tasks.push(task)
      this.#byId.set(task.definition.id, task)
    }
    for (const task of added) {
      if (task.definition.skip !== undefined) this.#judge(task, { kind: 'skipped', by: new Set() })
      else if (model.stoppedBy !== undefined) this.#judge(task, { kind: 'cancelled', by: new Set([model.stoppedBy]) })
    }
    this.#propagate()
    if (model.isSourceClosing && !model.isSourceClosed) this.#closeSource()
  }

  #dependencies(given: NonNullable<ModelTask['definition']['dependsOn']>): readonly ModelDependency[] {
    const dependencies: ModelDependency[] = []
    for (const each of given) {
      const { on, kind = 'hard', timeLimitMs = Infinity } = typeof each === 'string' ? { on: each } : each
      if (kind === 'optional') continue
      const limitAtMs = this.model.atMs + timeLimitMs
      dependencies.push({ edge: this.model.edges++, on, kind, limitAtMs, hasLetGo: false })
    }
    return dependencies
  }

  /**
   * Lets every verdict do to those who wait what it does. First it is found who is over by that, then who may be to blame:
   * where several are, any of them may be named.
   */
  #propagate(): void {
    const { model } = this
    const closing = new Map<ModelTask, Blame>()
    const around = { byId: this.#byId, closing }
    for (let hasChanged = true; hasChanged;) {
      hasChanged = false
      for (const task of model.tasks) {
        if (task.status !== 'waiting' || closing.has(task)) continue
        const effect = this.#look(task, around)
        if (effect === 'wait') continue
        hasChanged = true
        if (effect === 'go') task.status = 'ready'
        else closing.set(task, { block: new Set(), skip: new Set() })
      }
    }
    for (let hasChanged = closing.size > 0; hasChanged;) {
      hasChanged = false
      for (const [task, blame] of closing) {
        for (const dependency of task.dependencies) {
          if (dependency.kind === 'hard' && spreadBlame(model, dependency, blame, around)) hasChanged = true
        }
      }
    }
    for (const [task, { block, skip }] of closing) {
      const isSkipped = block.size === 0 || (skip.size > 0 && this.#choose(task.handle) === 'skipped')
      this.#judge(task, isSkipped ? { kind: 'skipped', by: skip } : { kind: 'blocked', by: block })
    }
  }

  #look(task: ModelTask, around: Surroundings): 'go' | 'stop' | 'wait' {
    let waits = false
    for (const dependency of task.dependencies) {
      if (dependency.hasLetGo) continue
      const effect = effectOf(this.model, dependency, around)
      if (effect === 'stop') return 'stop'
      if (effect === 'go') dependency.hasLetGo = true
      else waits = true
    }
    return waits ? 'wait' : 'go'
  }

  #expire(edge: number): void {
    for (const task of this.model.tasks) {
      const dependency = task.dependencies.find((other) => other.edge === edge)
      if (dependency === undefined) continue
      uphold(2, dependency.limitAtMs <= this.model.atMs, () => `edge ${edge} expired before its time`)
      if (task.status !== 'waiting') return
      uphold(5, !dependency.hasLetGo, () => `edge ${edge} expired after it had let go`)
      if (dependency.kind === 'soft') dependency.hasLetGo = true
      else this.#judge(task, { kind: 'blocked', by: new Set([dependency.on]), isLate: true })
      this.#propagate()
      return
    }
    throw new LawBroken(2, `edge ${edge}, which nobody knows, expired`)
  }

  #readRetry(entry: Retrying): void {
    const { model } = this
    const { task: handle, dueMs, resources, scope } = entry
    const task = this.#task(handle)
    const delayMs = dueMs - model.atMs
    if (entry.because === 'recovered') {
      const mayWait = task.status === 'ready' && task.attempts.length > 0 && delayMs > 0 && entry.isPaid === undefined
      uphold(4, mayWait, () => `task ${handle} (${task.status}) waits ${delayMs} ms since something is well again`)
      uphold(4, JSON.stringify(scope) === JSON.stringify(task.scope), () => {
        return `task ${handle} is to run other cases than before since something is well again`
      })
      task.status = 'backing-off'
      task.dueMs = dueMs
      return
    }
    this.#checkDeciding(task)
    checkScope(task, this.#options(), scope)
    const expected = expectRetry(task, this.#options(), model)
    uphold(4, mayRetry(expected, entry, delayMs), () => {
      return `task ${handle} is tried again after ${delayMs} ms (${JSON.stringify(entry)}), expected ${JSON.stringify(expected)}`
    })
    if (entry.isPaid === true) model.paidRetries++
    if (entry.because === 'detect-flakiness') model.flakinessRetries++
    task.status = 'backing-off'
    task.dueMs = dueMs
    task.wish = entry.prefers
    task.scope = scope
    if (resources === undefined) return
    checkReservation(model, task, resources)
    task.needs = Object.entries(resources).sort(([a], [b]) => (a < b ? -1 : 1))
    const labels = [...new Set(task.definition.needs?.labels)].sort()
    task.needsKey = JSON.stringify([task.definition.kind, labels, task.needs])
  }

  #cancel(scope: CancelScope, by: string): void {
    const { model } = this
    if (scope.kind === 'run') model.stoppedBy = by
    const aimedAt =
      scope.kind === 'run'
        ? model.tasks
        : scope.kind === 'group'
          ? membersOf(model, scope.group)
          : model.tasks.filter(({ definition }) => definition.id === scope.task)
    for (const task of aimedAt) {
      if (task.status === 'judged') continue
      if (task.status === 'running' || task.status === 'deciding') task.cancelledBy = by
      else this.#judge(task, { kind: 'cancelled', by: new Set([by]) })
    }
    this.#propagate()
  }

  #finish(ending: 'finished' | 'interrupted'): void {
    const { model } = this
    const open = model.tasks.find((task) => openAttemptOf(task) !== undefined)
    uphold(1, open === undefined, () => `the run ended while task ${open?.handle ?? ''} was running`)
    const isDone = model.isSourceClosed && model.tasks.every(({ status }) => status === 'judged')
    uphold(1, isDone ? ending === 'finished' : ending === 'interrupted' && model.draining !== 'no', () => {
      return `the run ended as ${ending} with ${model.tasks.filter(({ status }) => status !== 'judged').length} open tasks`
    })
    model.over = ending
  }

  #judge(task: ModelTask, verdict: ModelVerdict): void {
    uphold(1, task.verdict === undefined, () => `task ${task.handle} was judged twice`)
    task.verdict = verdict
    task.status = 'judged'
  }

  #checkDeciding(task: ModelTask): void {
    uphold(4, task.status === 'deciding', () => `a retry was decided for task ${task.handle}, which is ${task.status}`)
  }

  #task(handle: number): ModelTask {
    const task = this.model.tasks[handle]
    if (task === undefined) throw new LawBroken(5, `an entry names task ${handle}, which nobody knows`)
    return task
  }

  /** The open attempt that an entry is about. */
  #open(entry: { readonly task: number; readonly n: number }): ModelAttempt {
    const attempt = openAttemptOf(this.#task(entry.task))
    if (attempt?.n !== entry.n) throw new LawBroken(5, `${name(entry)} counts though it is not open`)
    return attempt
  }

  #options(): KernelOptions {
    const { options } = this.model
    if (options === undefined) throw new LawBroken(7, 'something happened before the run began')
    return options
  }
}

function name({ task, n }: { readonly task: number; readonly n: number }): string {
  return `attempt ${n} of task ${task}`
}

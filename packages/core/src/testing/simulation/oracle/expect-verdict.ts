// What a task came to and what that does to those who wait for it, as the design says it: written out case by case, without
// a look at the kernel's own tables.
import type { FailureCategory } from '../../../model/failure.ts'
import type { VerdictKind } from '../../../model/verdict.ts'
import type { GiveUpReason } from '../../../run/entry.ts'
import { membersOf, type Model, type ModelDependency, type ModelTask, type ModelVerdict } from './model.ts'

const nobody: ReadonlySet<string> = new Set()

/** The verdict of a task whose last attempt passed or was skipped by its author. */
export function verdictOfEnd(task: ModelTask): ModelVerdict {
  const last = task.attempts.at(-1)?.outcome
  if (last?.result === 'skipped') return { kind: 'skipped', by: nobody }
  const hasFailed = task.attempts.some(
    ({ outcome }) =>
      (outcome?.result === 'failed' || outcome?.result === 'timed-out') && !isForeign(outcome.failure?.category),
  )
  return { kind: hasFailed || (last?.cases?.flaky ?? 0) > 0 ? 'flaky' : 'passed', by: nobody }
}

/** What it failed by is not held against it. */
function isForeign(category: FailureCategory | undefined): boolean {
  return category === 'infrastructure' || category === 'hardware-device'
}

/** The verdict of a task that is not tried again. */
export function verdictOfGivingUp(task: ModelTask, because: GiveUpReason): ModelVerdict {
  const last = task.attempts.at(-1)
  const result = last?.outcome?.result
  if (because === 'poisoned') return { kind: 'poisoned', by: nobody }
  if (result === 'timed-out') return { kind: 'timed-out', by: nobody }
  if (result === 'failed') return { kind: 'failed', by: nobody }
  if (because === 'cancelled') return { kind: 'cancelled', by: new Set([task.cancelledBy ?? 'its executor']) }
  if (result === 'cancelled') return { kind: 'cancelled', by: new Set(['its executor']) }
  return { kind: 'failed', by: nobody }
}

/** Who may be to blame for a task that does not run: for it being blocked, and for it being skipped. */
export interface Blame {
  readonly block: Set<string>
  readonly skip: Set<string>
}

/** Tasks by id, and the blame of those that are over in this moment but not judged yet. */
export interface Surroundings {
  readonly byId: ReadonlyMap<string, ModelTask>
  readonly closing: ReadonlyMap<ModelTask, Blame>
}

/** Whether a dependency lets go, stops its task, or waits. */
export function effectOf(model: Model, { on, kind }: ModelDependency, around: Surroundings): 'go' | 'stop' | 'wait' {
  const target = around.byId.get(on)
  const isHard = kind === 'hard'
  if (target !== undefined) {
    if (!isOver(target, around)) return 'wait'
    return isHard && isBad(target, around) ? 'stop' : 'go'
  }
  const members = membersOf(model, on)
  const isSealed = model.groups.get(on)?.isSealed === true
  // Absence is never success.
  if (isHard && isSealed && members.length === 0) return 'stop'
  if (isHard && members.some((member) => isBad(member, around))) return 'stop'
  return isSealed && members.every((member) => isOver(member, around)) ? 'go' : 'wait'
}

/** Adds to the blame of a task what one of its hard dependencies brings. Says whether that is anything new. */
export function spreadBlame(model: Model, { on }: ModelDependency, blame: Blame, around: Surroundings): boolean {
  const before = blame.block.size + blame.skip.size
  const target = around.byId.get(on)
  const targets = target === undefined ? membersOf(model, on) : [target]
  for (const each of targets) if (isBad(each, around)) addBlame(each, blame, around)
  if (targets.length === 0) blame.block.add(on)
  return blame.block.size + blame.skip.size > before
}

function addBlame(target: ModelTask, blame: Blame, { closing }: Surroundings): void {
  const own = closing.get(target)
  for (const by of own?.block ?? []) blame.block.add(by)
  for (const by of own?.skip ?? []) blame.skip.add(by)
  if (target.verdict === undefined) return
  const side = target.verdict.kind === 'skipped' ? blame.skip : blame.block
  for (const by of culprits(target)) side.add(by)
}

function isOver(task: ModelTask, { closing }: Surroundings): boolean {
  return task.verdict !== undefined || closing.has(task)
}

function isBad(task: ModelTask, { closing }: Surroundings): boolean {
  return closing.has(task) || (task.verdict !== undefined && !isGreen(task.verdict.kind))
}

function isGreen(verdict: VerdictKind): boolean {
  return verdict === 'passed' || verdict === 'flaky'
}

/** Whom to name for a task that did not pass: who stood in its way, else the task itself. */
function culprits({ verdict, definition }: ModelTask): ReadonlySet<string> {
  const isCause =
    verdict === undefined ||
    verdict.isLate === true ||
    (verdict.kind !== 'blocked' && verdict.kind !== 'skipped') ||
    verdict.by.size === 0
  return isCause ? new Set([definition.id]) : verdict.by
}

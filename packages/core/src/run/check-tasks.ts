// What a run needs of its tasks beyond what the graph looks at: a kind, fields of the right shape, and a payload that the
// journal can keep. A payload that only looks kept would be another one after a resume, so nothing is lost silently.
import { globProblem } from '../artifacts/glob-problem.ts'
import { entriesOf, fieldProblem, isObject, type Unchecked } from '../graph/check-fields.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { nearestName } from '../graph/nearest-name.ts'
import type { DependencyDefinition } from '../model/dependency.ts'
import type { AttemptLimits } from '../model/limits.ts'
import type { TaskDefinition } from '../model/task.ts'
import { retryOptions } from '../retry/retry-options.ts'
import { findUnkept } from './find-unkept.ts'

const taskFields: Readonly<Record<keyof TaskDefinition, true>> = {
  id: true,
  kind: true,
  payload: true,
  file: true,
  tags: true,
  groups: true,
  dependsOn: true,
  needs: true,
  timeoutMs: true,
  limits: true,
  retry: true,
  skip: true,
  priority: true,
  expectedMs: true,
  artifacts: true,
  inputs: true,
}
const dependencyFields: Readonly<Record<keyof DependencyDefinition, true>> = { on: true, kind: true, timeLimitMs: true }
const limitFields: Readonly<Record<keyof AttemptLimits, true>> = {
  memoryBytes: true,
  cpuMs: true,
  outputBytes: true,
  softTimeoutMs: true,
}
const needFields = { resources: true, locks: true, labels: true } as const

/** Every problem of the tasks' fields. What is no task at all is left to the graph, which names it. */
export function checkTasks(tasks: readonly TaskDefinition[]): readonly GraphProblem[] {
  const problems: GraphProblem[] = []
  for (const task of tasks) {
    const found: unknown = task
    if (isObject(found) && typeof found['id'] === 'string') checkTask(found, found['id'], problems)
  }
  return problems
}

function checkTask(task: Unchecked, of: string, problems: GraphProblem[]): void {
  const { kind, payload, file, skip, tags, needs, retry, dependsOn } = task
  checkKeys(task, taskFields, of, '', problems)
  if (typeof kind !== 'string' || kind === '') problems.push(fieldProblem(of, 'kind', 'a text that is not empty', kind))
  if (file !== undefined && typeof file !== 'string') problems.push(fieldProblem(of, 'file', 'a text', file))
  if (skip !== undefined && typeof skip !== 'string') problems.push(fieldProblem(of, 'skip', 'a text', skip))
  checkTexts(tags, of, 'tags', problems)
  checkGlobs(task['artifacts'], of, 'artifacts', problems)
  checkGlobs(task['inputs'], of, 'inputs', problems)
  if (isObject(needs)) {
    checkKeys(needs, needFields, of, 'needs.', problems)
    checkTexts(needs['locks'], of, 'needs.locks', problems)
    checkTexts(needs['labels'], of, 'needs.labels', problems)
  }
  checkLimits(task['limits'], of, problems)
  const edges = entriesOf(dependsOn)
  for (let position = 0; position < edges.length; position++) {
    const entry = edges[position]
    if (isObject(entry)) checkKeys(entry, dependencyFields, of, `dependsOn[${position}].`, problems)
  }
  if (retry !== undefined) checkRetry(retry, of, problems)
  const unkept = payload === undefined ? undefined : findUnkept(payload)
  if (unkept !== undefined) {
    const expected = 'something that JSON keeps as it is'
    problems.push({ kind: 'field-invalid', of, field: `payload${unkept.path}`, expected, got: unkept.got })
  }
}

function checkKeys(
  value: Unchecked,
  known: Readonly<Record<string, true>>,
  of: string,
  under: string,
  problems: GraphProblem[],
): void {
  for (const key in value) {
    if (Object.hasOwn(known, key)) continue
    const nearest = nearestName(key, Object.keys(known))
    // A runner may keep fields of its own on a task; what looks like one of ours was misspelt.
    if (nearest === undefined && known === taskFields) continue
    const expected = nearest === undefined ? 'absent' : `absent (did you mean \`${nearest}\`?)`
    problems.push(fieldProblem(of, `${under}${key}`, expected, value[key]))
  }
}

function checkLimits(limits: unknown, of: string, problems: GraphProblem[]): void {
  if (limits === undefined) return
  if (!isObject(limits)) {
    problems.push(fieldProblem(of, 'limits', 'an object', limits))
    return
  }
  checkKeys(limits, limitFields, of, 'limits.', problems)
  for (const field in limitFields) {
    const value = limits[field]
    if (value === undefined || (typeof value === 'number' && value > 0)) continue
    problems.push(fieldProblem(of, `limits.${field}`, 'a number above 0', value))
  }
}

function checkTexts(value: unknown, of: string, field: string, problems: GraphProblem[]): void {
  if (value === undefined) return
  if (!Array.isArray(value)) problems.push(fieldProblem(of, field, 'a list of texts', value))
  else {
    const wrong = value.findIndex((text) => typeof text !== 'string')
    if (wrong >= 0) problems.push(fieldProblem(of, `${field}[${wrong}]`, 'a text', value[wrong]))
  }
}

function checkGlobs(value: unknown, of: string, field: string, problems: GraphProblem[]): void {
  checkTexts(value, of, field, problems)
  if (!Array.isArray(value)) return
  const globs: readonly unknown[] = value
  globs.forEach((glob, at) => {
    const expected = typeof glob === 'string' ? globProblem(glob) : undefined
    if (expected !== undefined) problems.push(fieldProblem(of, `${field}[${at}]`, expected, glob))
  })
}

function checkRetry(retry: unknown, of: string, problems: GraphProblem[]): void {
  const parsed = retryOptions.safeParse(retry)
  if (parsed.success) return
  for (const { path, message } of parsed.error.issues) {
    const field = ['retry', ...path.map(String)].join('.')
    const got = path.reduce<unknown>((at, key) => (isObject(at) ? Reflect.get(at, key) : undefined), retry)
    problems.push(fieldProblem(of, field, `right (${message})`, got))
  }
}

// What a run needs of its tasks beyond what the graph looks at: a kind, fields of the right shape, and a payload that the
// journal can keep. A payload that only looks kept would be another one after a resume, so nothing is lost silently.
import { globProblem } from '../artifacts/glob-problem.ts'
import { entriesOf, fieldProblem, isAmount, isObject, type Unchecked } from '../graph/check-fields.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { nearestName } from '../graph/nearest-name.ts'
import type { DependencyDefinition } from '../model/dependency.ts'
import type { AttemptLimits } from '../model/limits.ts'
import type { NeedDefinition, TaskDefinition } from '../model/task.ts'
import { taskRetryOptions } from '../retry/retry-schemas.ts'
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
  idempotent: true,
  skip: true,
  priority: true,
  owner: true,
  deadlineMs: true,
  expectedMs: true,
  sizeBytes: true,
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
const needFields: Readonly<Record<keyof NeedDefinition, true>> = {
  resources: true,
  locks: true,
  labels: true,
  uses: true,
}

/** Every problem of the tasks' fields. What is no task at all is left to the graph, which names it. */
export function checkTasks(tasks: readonly TaskDefinition[]): readonly GraphProblem[] {
  const problems: GraphProblem[] = []
  for (const task of tasks) {
    const found: unknown = task
    if (isObject(found) && typeof found['id'] === 'string') new TaskCheck(found['id'], problems).task(found)
  }
  return problems
}

/** The problems of one task, found field by field. */
class TaskCheck {
  readonly #of: string
  readonly #problems: GraphProblem[]

  constructor(of: string, problems: GraphProblem[]) {
    this.#of = of
    this.#problems = problems
  }

  task(task: Unchecked): void {
    const { kind, payload, file, skip, tags, needs, retry, dependsOn, limits, artifacts, inputs } = task
    const { owner, deadlineMs, sizeBytes } = task
    this.#keys(task, taskFields, '')
    if (typeof kind !== 'string' || kind === '') this.#wrong('kind', 'a text that is not empty', kind)
    if (file !== undefined && typeof file !== 'string') this.#wrong('file', 'a text', file)
    this.#idempotent(task)
    if (skip !== undefined && typeof skip !== 'string') this.#wrong('skip', 'a text', skip)
    if (owner !== undefined && (typeof owner !== 'string' || owner.split('/').includes('')))
      this.#wrong('owner', 'names parted by `/`, such as `web/checkout`', owner)
    if (deadlineMs !== undefined && !isAmount(deadlineMs))
      this.#wrong('deadlineMs', 'a number of milliseconds from 0 up', deadlineMs)
    if (sizeBytes !== undefined && !isAmount(sizeBytes))
      this.#wrong('sizeBytes', 'a number of bytes from 0 up', sizeBytes)
    this.#texts(tags, 'tags')
    this.#globs(artifacts, 'artifacts')
    this.#globs(inputs, 'inputs')
    if (isObject(needs)) {
      this.#keys(needs, needFields, 'needs.')
      this.#texts(needs['locks'], 'needs.locks')
      this.#texts(needs['labels'], 'needs.labels')
      this.#texts(needs['uses'], 'needs.uses')
    }
    if (limits !== undefined) this.#limits(limits)
    const edges = entriesOf(dependsOn)
    for (let position = 0; position < edges.length; position++) {
      const entry = edges[position]
      if (isObject(entry)) this.#keys(entry, dependencyFields, `dependsOn[${position}].`)
    }
    if (retry !== undefined) this.#retry(retry)
    if (payload !== undefined) this.#payload(payload)
  }

  #wrong(field: string, expected: string, got: unknown): void {
    this.#problems.push(fieldProblem(this.#of, field, expected, got))
  }

  #keys(value: Unchecked, known: Readonly<Record<string, true>>, under: string): void {
    for (const key in value) {
      if (Object.hasOwn(known, key)) continue
      const nearest = nearestName(key, Object.keys(known))
      // A runner may keep fields of its own on a task; what looks like one of ours was misspelt.
      if (nearest === undefined && known === taskFields) continue
      const expected = nearest === undefined ? 'absent' : `absent (did you mean \`${nearest}\`?)`
      this.#wrong(`${under}${key}`, expected, value[key])
    }
  }

  #limits(limits: unknown): void {
    if (!isObject(limits)) {
      this.#wrong('limits', 'an object', limits)
      return
    }
    this.#keys(limits, limitFields, 'limits.')
    for (const field in limitFields) {
      const value = limits[field]
      if (value === undefined || (isAmount(value) && value > 0)) continue
      this.#wrong(`limits.${field}`, 'a number above 0', value)
    }
  }

  #texts(value: unknown, field: string): void {
    if (value === undefined) return
    if (!Array.isArray(value)) this.#wrong(field, 'a list of texts', value)
    else {
      const wrong = value.findIndex((text) => typeof text !== 'string')
      if (wrong >= 0) this.#wrong(`${field}[${wrong}]`, 'a text', value[wrong])
    }
  }

  #globs(value: unknown, field: string): void {
    this.#texts(value, field)
    for (const [at, glob] of entriesOf(value).entries()) {
      const expected = typeof glob === 'string' ? globProblem(glob) : undefined
      if (expected !== undefined) this.#wrong(`${field}[${at}]`, expected, glob)
    }
  }

  #retry(retry: unknown): void {
    const parsed = taskRetryOptions.safeParse(retry)
    if (parsed.success) return
    for (const { path, message } of parsed.error.issues) {
      const field = ['retry', ...path.map(String)].join('.')
      const got = path.reduce<unknown>((at, key) => (isObject(at) ? Reflect.get(at, key) : undefined), retry)
      this.#wrong(field, `right (${message})`, got)
    }
  }

  /** What must not run twice and what is to be tried again cannot both be meant. */
  #idempotent({ idempotent, retry }: Unchecked): void {
    if (idempotent === undefined) return
    if (typeof idempotent !== 'boolean') this.#wrong('idempotent', 'true or false', idempotent)
    const maxAttempts = isObject(retry) ? retry['maxAttempts'] : undefined
    if (idempotent === false && typeof maxAttempts === 'number' && maxAttempts > 1)
      this.#wrong('retry.maxAttempts', '1 or nothing, since the task is not idempotent', maxAttempts)
  }

  #payload(payload: unknown): void {
    const unkept = findUnkept(payload)
    if (unkept === undefined) return
    const expected = 'something that JSON keeps as it is'
    const field = `payload${unkept.path}`
    this.#problems.push({ kind: 'field-invalid', of: this.#of, field, expected, got: unkept.got })
  }
}

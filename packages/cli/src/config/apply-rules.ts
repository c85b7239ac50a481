// What a configuration says about files, put onto the tasks that runners found: groups, dependencies and rules. Pure, so
// that `plan` and `run` cannot differ.
import type { DependencyDefinition, GroupDefinition, RetryOptions, TaskDefinition } from '@muster/core'
import picomatch from 'picomatch'
import type { FileRule, MusterConfig } from './config.ts'

/** Tasks and groups after the configuration has had its say. */
export interface ConfiguredTasks {
  readonly tasks: readonly TaskDefinition[]
  readonly groups: readonly GroupDefinition[]
  /** Globs that no task's file matches: most likely a mistake. */
  readonly warnings: readonly string[]
}

type Rules = Pick<MusterConfig, 'groups' | 'dependencies' | 'rules'>

/** Puts groups, dependencies and rules onto tasks. */
export function applyRules(
  tasks: readonly TaskDefinition[],
  groups: readonly GroupDefinition[],
  config: Rules,
): ConfiguredTasks {
  const changes = changesOf(config)
  const used = new Set<Change>()
  const changed = tasks.map((task) => {
    let result = task
    for (const change of changes) {
      if (task.file === undefined || !change.matches(task.file)) continue
      used.add(change)
      result = change.apply(result)
    }
    return result
  })
  const warnings = changes
    .filter((change) => !used.has(change))
    .map((change) => `${change.what}: no task has such a file`)
  return { tasks: changed, groups: [...groups, ...plainGroups(config)], warnings }
}

/** Attempts as a number stand for retries with the usual waits. */
export function retryOf<Options extends RetryOptions>(retry: number | Options): RetryOptions | Options {
  return typeof retry === 'number' ? { maxAttempts: retry } : retry
}

interface Change {
  readonly what: string
  readonly matches: (file: string) => boolean
  readonly apply: (task: TaskDefinition) => TaskDefinition
}

function changesOf({ groups = [], dependencies = [], rules = [] }: Rules): readonly Change[] {
  return [
    ...groups.flatMap(({ id, files }, at): Change[] =>
      files === undefined
        ? []
        : [
            {
              what: `groups[${String(at)}].files`,
              matches: matcherOf(files),
              apply: (task) => ({ ...task, groups: united(task.groups, [id]) }),
            },
          ],
    ),
    ...dependencies.map(({ files, on, kind, timeLimitMs }, at): Change => {
      const targets = typeof on === 'string' ? [on] : on
      const edges = targets.map((target): DependencyDefinition => ({ on: target, kind, timeLimitMs }))
      return {
        what: `dependencies[${String(at)}].files`,
        matches: matcherOf(files),
        apply: (task) => ({ ...task, dependsOn: withEdges(task, edges) }),
      }
    }),
    ...rules.map((rule, at): Change => ({
      what: `rules[${String(at)}].files`,
      matches: matcherOf(rule.files),
      apply: (task) => withRule(task, rule),
    })),
  ]
}

/** A file that depends on its own group or on itself would wait for ever: that edge is left out. */
function withEdges(
  task: TaskDefinition,
  edges: readonly DependencyDefinition[],
): readonly (string | DependencyDefinition)[] {
  const own = edges.filter(({ on }) => on !== task.id && task.groups?.includes(on) !== true)
  return [...(task.dependsOn ?? []), ...own]
}

function withRule(task: TaskDefinition, rule: FileRule): TaskDefinition {
  const { tags, needs, timeoutMs, limits, retry, idempotent, priority, owner, deadlineMs, skip, artifacts, inputs } =
    rule
  return {
    ...task,
    ...(tags === undefined ? {} : { tags: united(task.tags, tags) }),
    ...(needs === undefined ? {} : { needs: { ...task.needs, ...needs } }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(limits === undefined ? {} : { limits }),
    ...(retry === undefined ? {} : { retry: retryOf(retry) }),
    ...(idempotent === undefined ? {} : { idempotent }),
    ...(priority === undefined ? {} : { priority }),
    ...(owner === undefined ? {} : { owner }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(skip === undefined ? {} : { skip }),
    ...(artifacts === undefined ? {} : { artifacts: united(task.artifacts, listOf(artifacts)) }),
    ...(inputs === undefined ? {} : { inputs: united(task.inputs, listOf(inputs)) }),
  }
}

/** One glob or several, as a list. */
export function listOf(globs: string | readonly string[]): readonly string[] {
  return typeof globs === 'string' ? [globs] : globs
}

function plainGroups({ groups = [] }: Rules): readonly GroupDefinition[] {
  return groups.map(({ id, concurrency }) => ({ id, concurrency }))
}

function united(some: readonly string[] | undefined, more: readonly string[]): readonly string[] {
  return [...new Set([...(some ?? []), ...more])]
}

function matcherOf(globs: string | readonly string[]): (file: string) => boolean {
  return picomatch(typeof globs === 'string' ? globs : [...globs], { dot: true })
}

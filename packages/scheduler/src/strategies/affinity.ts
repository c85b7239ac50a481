// Related tasks go where the first of them went: caches, servers and browsers are warm there. What is warm where is learnt
// from the run's own launches, so nobody has to say it.
import type { Policy, TaskDefinition, WorkerDefinition } from '@muster/core'
import { claim, definePlugin, type Plugin } from '../pipeline/plugin.ts'

/** What makes tasks related. */
export interface AffinityOptions {
  /**
   * Name of what a task shares with its relatives; nothing where it has none.
   * @defaultValue its first group, else the folder of its file, else its first tag
   */
  readonly relatedBy?: ((task: TaskDefinition) => string | undefined) | undefined
}

/**
 * The order of definition, on the host where relatives of the task ran before; the first of them go where the least is warm.
 *
 * *When to use*: setting up costs, and what is set up stays. Measure: set-ups, a host and what it had to warm up once each.
 */
export function affinity({ relatedBy = relationOf }: AffinityOptions = {}): Policy {
  const warm = new Map<string, Set<string>>()
  return {
    name: 'affinity',
    key: ({ order }) => order,
    score: ({ definition: task }, { definition: worker }) => {
      const relation = relatedBy(task)
      const there = warm.get(hostOf(worker))
      if (relation !== undefined && there?.has(relation) === true) return 100
      return 50 / (1 + (there?.size ?? 0))
    },
    observe: (happening) => {
      const { kind } = happening
      if (kind === 'launched') {
        const relation = relatedBy(happening.task.definition)
        const host = hostOf(happening.worker.definition)
        if (relation !== undefined) warm.set(host, (warm.get(host) ?? new Set<string>()).add(relation))
      } else if (kind === 'worker-left') warm.delete(hostOf(happening.worker.definition))
      return undefined
    },
    forRun: () => affinity({ relatedBy }),
  }
}

/** Who is to be kept apart. */
export interface KeepApartOptions extends AffinityOptions {
  /** Most relatives that run on one host at the same time. @defaultValue `1` */
  readonly limit?: number | undefined
}

/**
 * Relatives never run on one host at the same time: a hard rule, kept by the kernel on a ledger for each host.
 *
 * *When to use*: tasks of one kind fight over something that a host has once, such as a port or a device.
 *
 * @example
 * ```ts
 * createPolicy(longestFirst(), [keepApart({ relatedBy: ({ tags }) => (tags?.includes('browser') === true ? 'browser' : undefined) })])
 * ```
 */
export function keepApart({ relatedBy = relationOf, limit = 1 }: KeepApartOptions = {}): Plugin {
  return definePlugin({
    name: 'keep-apart',
    reads: ['task', 'worker', 'ledger'],
    limits: ['apart:*'],
    claims: ({ task, worker }) => {
      const relation = relatedBy(task.definition)
      return relation === undefined ? [] : [claim(`apart:${relation}@${worker.host}`, 1, { limit })]
    },
  })
}

function relationOf({ groups, file, tags }: TaskDefinition): string | undefined {
  const folder = file?.slice(0, Math.max(0, file.lastIndexOf('/')))
  return groups?.[0] ?? folder ?? tags?.[0]
}

function hostOf({ host, id }: WorkerDefinition): string {
  return host ?? id
}

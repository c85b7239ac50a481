// Tasks and groups as somebody could define them, drawn from a seed: hostile ids, every kind of edge, groups declared
// and not, small enough that an obvious algorithm can say what is right. Only laws use this.
import fc from 'fast-check'
import type { DependencyDefinition } from '../../model/dependency.ts'
import type { GroupDefinition } from '../../model/task.ts'
import type { GraphTask } from '../graph-task.ts'

/** Tasks with the groups that were declared. */
export interface AnyTasks {
  readonly tasks: readonly GraphTask[]
  readonly groups: readonly GroupDefinition[]
}

/** What may be among them. */
export interface AnyTasksOptions {
  /** Whether waiting edges may close cycles. */
  readonly isCyclic: boolean
  /** Whether there are groups. @defaultValue `true` */
  readonly hasGroups?: boolean
  /** Whether there are optional edges. @defaultValue `true` */
  readonly hasOptional?: boolean
  /** @defaultValue `9` */
  readonly maxTasks?: number
}

/** Ids that a careless program would trip over. */
const anyId: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'a\nb', '"', '\\', '+a', '!a', 'a,b', 'tag:a', 'a -> b'),
  },
)

/** Valid apart from cycles: every target is there, no task depends on itself, no id is used twice. */
export function anyTasks(options: AnyTasksOptions): fc.Arbitrary<AnyTasks> {
  const { maxTasks = 9, hasGroups = true } = options
  return fc.uniqueArray(anyId, { minLength: 1, maxLength: maxTasks + 2 }).chain((ids) => {
    const groupIds = hasGroups ? ids.slice(0, Math.min(2, ids.length - 1)) : []
    return tasksWith(ids.slice(groupIds.length), groupIds, options)
  })
}

function tasksWith(
  ids: readonly string[],
  groupIds: readonly string[],
  options: AnyTasksOptions,
): fc.Arbitrary<AnyTasks> {
  return fc
    .record({
      // The order in which things may depend on each other is another than that of their definition.
      height: fc.shuffledSubarray([...ids.keys()], { minLength: ids.length, maxLength: ids.length }),
      joins: fc.array(fc.array(fc.nat(3), { maxLength: 2 }), { minLength: ids.length, maxLength: ids.length }),
      edges: fc.array(fc.array(anyEdge(options), { maxLength: 3 }), { minLength: ids.length, maxLength: ids.length }),
      expectedMs: fc.array(fc.nat(20), { minLength: ids.length, maxLength: ids.length }),
      isDeclared: fc.boolean(),
    })
    .map(({ height, joins, edges, expectedMs, isDeclared }) => {
      const groupOf = new Map<string, string[]>()
      const filled = new Set<string>()
      for (const [at, id] of ids.entries()) {
        const groups = [...new Set(joins[at] ?? [])].flatMap((group) => groupIds[group] ?? [])
        groupOf.set(id, groups)
        for (const group of groups) filled.add(group)
      }
      const heightOf = (target: string): number => {
        const at = ids.indexOf(target)
        if (at >= 0) return height[at] ?? 0
        return Math.max(
          ...ids.map((id, index) => (groupOf.get(id)?.includes(target) === true ? (height[index] ?? 0) : -1)),
        )
      }
      const targets = [...ids, ...filled]
      const tasks = ids.map((id, at): GraphTask => {
        const dependsOn = new Map<string, string | DependencyDefinition>()
        for (const edge of edges[at] ?? []) {
          const on = targets[edge.target % targets.length] ?? id
          const isBelow = heightOf(on) < (height[at] ?? 0)
          if (on === id || (!isBelow && !options.isCyclic && edge.kind !== 'optional')) continue
          dependsOn.set(on, edge.isPlain && edge.kind === 'hard' ? on : { on, kind: edge.kind, ...edge.limit })
        }
        return {
          id,
          groups: groupOf.get(id),
          dependsOn: [...dependsOn.values()],
          expectedMs: expectedMs[at],
          tags: (expectedMs[at] ?? 0) % 2 === 0 ? ['even'] : ['odd'],
        }
      })
      return { tasks, groups: isDeclared ? groupIds.map((id) => ({ id })) : [] }
    })
}

interface AnyEdge {
  readonly target: number
  readonly kind: 'hard' | 'soft' | 'optional'
  readonly isPlain: boolean
  readonly limit: { readonly timeLimitMs?: number }
}

function anyEdge({ hasOptional = true }: AnyTasksOptions): fc.Arbitrary<AnyEdge> {
  return fc.record({
    target: fc.nat(30),
    kind: fc.constantFrom('hard' as const, 'hard' as const, 'soft' as const, hasOptional ? 'optional' : 'soft'),
    isPlain: fc.boolean(),
    limit: fc.constantFrom({}, {}, {}, { timeLimitMs: 50 }),
  })
}

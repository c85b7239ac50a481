// Tasks on their way into a run that goes on. Whoever writes JavaScript may hand in anything, so it is looked at first; the
// tasks themselves are checked with the graph.
import { MusterError } from '../errors/muster-error.ts'
import { nearestName } from '../graph/nearest-name.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'

/** Tasks handed to a run that is going on. */
export interface TaskBatch {
  readonly tasks: readonly TaskDefinition[]
  /** Groups with rules of their own. @defaultValue none */
  readonly groups?: readonly GroupDefinition[] | undefined
  /** What is known of the tasks, by id. @defaultValue nothing */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
}

const fields: Readonly<Record<keyof TaskBatch, true>> = { tasks: true, groups: true, facts: true }

/** The batch that was meant, a copy of its list; a bare list is one of tasks. Throws `OPTIONS_INVALID`. */
export function readBatch(given: TaskBatch | readonly TaskDefinition[]): TaskBatch {
  if (isList(given)) return { tasks: [...given] }
  const found: unknown = given
  if (typeof found !== 'object' || found === null) throw wrong('a list of tasks, or an object with one', found)
  const { tasks, groups, facts } = given
  if (!isList(tasks)) throw wrong('`tasks` to be a list of tasks', tasks)
  if (groups !== undefined && !isList(groups)) throw wrong('`groups` to be a list of groups', groups)
  if (facts !== undefined && (typeof facts !== 'object' || isList(facts))) {
    throw wrong('`facts` to be an object of facts by task id', facts)
  }
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(fields, key)) continue
    const nearest = nearestName(key, Object.keys(fields))
    const hint = nearest === undefined ? '' : ` (did you mean \`${nearest}\`?)`
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'only `tasks`, `groups` and `facts` in what is added',
      got: `\`${key}\`${hint}`,
    })
  }
  return { tasks: [...tasks], groups, facts }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function wrong(expected: string, got: unknown): MusterError {
  const kind = got === null ? 'null' : isList(got) ? 'a list' : typeof got
  return new MusterError('OPTIONS_INVALID', { expected, got: kind })
}

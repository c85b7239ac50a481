// An executor in ten lines: a typed function of the application. What it returns is the outcome's output, what it throws
// is a failed attempt; payloads are checked by the compiler where tasks are made, and by a schema where one is given.
import type { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { AttemptResult, ExecutableTask, ExecutionContext, Executor } from '../ports/executor.ts'

/** Carries out one attempt. */
export type ExecutorBody<Payload, Output> = (
  task: ExecutableTask<Payload>,
  context: ExecutionContext,
) => Output | Promise<Output>

/** What else an executor may have. */
export interface DefineExecutorOptions<Payload, Input = Payload> {
  /** Checks the payload, when a task is made and again before it runs. @defaultValue payloads are taken as they are */
  readonly parse?: z.ZodType<Payload, Input> | undefined
  /** Lets go of what was kept between attempts. */
  readonly dispose?: (() => Promise<void>) | undefined
}

/** A task without what its executor knows already; the payload may be left out where it may be `undefined`. */
export type TaskOf<Input> = Omit<TaskDefinition<Input>, 'kind' | 'payload'> &
  (undefined extends Input ? { readonly payload?: Input } : { readonly payload: Input })

/** An executor that also makes the tasks it runs, so that a wrong payload does not compile. */
export interface DefinedExecutor<Payload, Input = Payload> extends Executor<Payload> {
  /** A task of this kind. */
  task(definition: TaskOf<Input>): TaskDefinition<Input>
}

/**
 * Makes an executor of a function.
 *
 * @example
 * ```ts
 * const compile = defineExecutor<{ target: string }, { bytes: number }>('compile', async (task, context) => {
 *   context.progress(0.5, task.payload.target)
 *   return { bytes: 42 }
 * })
 * compile.task({ id: 'compile/app', payload: { target: 'app' } }).kind // 'compile'
 * ```
 */
export function defineExecutor<Payload = undefined, Output = unknown, Input = Payload>(
  kind: string,
  body: ExecutorBody<Payload, Output>,
  options: DefineExecutorOptions<Payload, Input> = {},
): DefinedExecutor<Payload, Input> {
  const { parse, dispose } = options
  return {
    kind,
    async execute(task, context): Promise<AttemptResult> {
      const checked = parse === undefined ? task : { ...task, payload: parseOptions(parse, task.payload, 'payload') }
      const output = await body(checked, context)
      return { outcome: output === undefined ? passed : { result: 'passed', durationMs: 0, output } }
    },
    task(definition) {
      if (parse !== undefined) parseOptions(parse, definition.payload, `payload of ${definition.id}`)
      return { ...definition, kind }
    },
    ...(dispose === undefined ? {} : { dispose }),
  }
}

/** The host measures the time. */
const passed = { result: 'passed', durationMs: 0 } as const

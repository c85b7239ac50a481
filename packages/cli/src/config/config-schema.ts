// The schema behind `muster.config.*`. Strict everywhere: a key that nobody knows is a mistake that would otherwise be
// silent. Programs that write configurations get it as JSON Schema.
import { failureRuleSchema, type Policy, type Runner } from '@muster/core'
import { runRetryOptions, taskRetryOptions } from '@muster/core/retry'
import { strategyOptionsSchema } from '@muster/core/schemas'
import { z } from 'zod'
import { slotStrategies, strategyChoices } from '../strategy/strategy-names.ts'
import type { MusterConfig } from './config.ts'
import { isolations } from './isolations.ts'

const strings = z.array(z.string())
const name = z.string().min(1)
const globs = z.union([name, z.array(name).min(1)])
const ms = z.number().positive()
const environment = z.record(z.string(), z.string())
const attempts = z.number().int().min(1).max(1000)

const dependencyKind = z.enum(['hard', 'soft', 'optional'])

const dependency = z.union([
  name,
  z.strictObject({ on: name, kind: dependencyKind.optional(), timeLimitMs: z.number().min(0).optional() }),
])

const needs = z.strictObject({
  resources: z.record(z.string(), z.number().min(0)).optional(),
  locks: strings.optional(),
  labels: strings.optional(),
  uses: strings.optional(),
})

const retry = z.union([attempts, taskRetryOptions])
const runRetry = z.union([attempts, runRetryOptions])

const breaker = z.union([
  z.literal(false),
  z.strictObject({
    failures: z.number().int().min(1).optional(),
    rate: z.number().gt(0).max(1).optional(),
    window: z.number().int().min(1).max(1000).optional(),
    windowMs: ms.optional(),
    openMs: ms.optional(),
    factor: z.number().min(1).optional(),
    maxOpenMs: ms.optional(),
    jitter: z.number().min(0).max(1).optional(),
    probes: z.number().int().min(1).optional(),
    closeAfter: z.number().int().min(1).optional(),
    probeMs: ms.optional(),
    maxHeldMs: z.number().min(0).optional(),
  }),
])

const limits = z.strictObject({
  memoryBytes: z.number().int().min(1).optional(),
  cpuMs: ms.optional(),
  outputBytes: z.number().int().min(1).optional(),
  softTimeoutMs: ms.optional(),
})

const task = z.strictObject({
  id: name,
  argv: strings.min(1),
  results: z.union([name, z.strictObject({ file: name }), z.strictObject({ printed: z.literal('tap') })]).optional(),
  cwd: z.string().optional(),
  env: environment.optional(),
  file: z.string().optional(),
  tags: strings.optional(),
  groups: z.array(name).optional(),
  dependsOn: z.array(dependency).optional(),
  needs: needs.optional(),
  timeoutMs: ms.optional(),
  limits: limits.optional(),
  retry: retry.optional(),
  idempotent: z.boolean().optional(),
  skip: name.optional(),
  priority: z.number().optional(),
  owner: name.optional(),
  deadlineMs: ms.optional(),
  expectedMs: z.number().min(0).optional(),
  artifacts: globs.optional(),
  inputs: globs.optional(),
})

const namedRunner = z.looseObject({ runner: z.enum(['vitest', 'node', 'command']) })
const ownRunner = z.custom<Runner>(
  (value) => hasFunction(value, 'discover'),
  'expected a runner: an object with name, discover and executor',
)
const ownPolicy = z.custom<Policy>(
  (value) => hasFunction(value, 'key'),
  'expected a strategy: an object with name and key',
)

/** The schema of {@link MusterConfig}. */
export const configSchema: z.ZodType<MusterConfig, MusterConfig> = z.strictObject({
  version: z.literal(1).optional(),
  name: name.optional(),
  runners: z.array(z.union([z.enum(['vitest', 'node']), namedRunner, ownRunner])).optional(),
  tasks: z.array(task).optional(),
  groups: z
    .array(z.strictObject({ id: name, concurrency: z.number().int().min(1).optional(), files: globs.optional() }))
    .optional(),
  dependencies: z
    .array(
      z.strictObject({
        files: globs,
        on: globs,
        kind: dependencyKind.optional(),
        timeLimitMs: z.number().min(0).optional(),
      }),
    )
    .optional(),
  rules: z
    .array(
      z.strictObject({
        files: globs,
        tags: strings.optional(),
        needs: needs.optional(),
        timeoutMs: ms.optional(),
        limits: limits.optional(),
        retry: retry.optional(),
        idempotent: z.boolean().optional(),
        priority: z.number().optional(),
        owner: name.optional(),
        deadlineMs: ms.optional(),
        skip: name.optional(),
        artifacts: globs.optional(),
        inputs: globs.optional(),
      }),
    )
    .optional(),
  retry: runRetry.optional(),
  timeoutMs: ms.optional(),
  limits: limits.optional(),
  recycle: z
    .strictObject({
      afterAttempts: z.number().int().min(1).optional(),
      afterMs: ms.optional(),
      aboveMemoryBytes: z.number().int().min(1).optional(),
    })
    .optional(),
  isolation: z.enum(isolations).optional(),
  cgroups: z.enum(['auto', 'off']).optional(),
  failureRules: z.array(failureRuleSchema).optional(),
  breakers: z
    .union([
      z.literal(false),
      z.strictObject({
        worker: breaker.optional(),
        host: breaker.optional(),
        resource: breaker.optional(),
        category: breaker.optional(),
      }),
    ])
    .optional(),
  quarantineAfter: z.number().int().min(1).max(1000).nullable().optional(),
  recovery: z.union([z.literal(false), strategyOptionsSchema]).optional(),
  maxFailures: z.number().int().min(1).optional(),
  deadlineMs: ms.optional(),
  discoveryTimeoutMs: ms.optional(),
  slots: z.union([z.number().int().min(1), z.enum(slotStrategies)]).optional(),
  strategy: z.union([z.enum(strategyChoices), ownPolicy]).optional(),
  store: name.optional(),
  env: z.strictObject({ allow: strings.optional(), set: environment.optional() }).optional(),
  artifacts: z
    .strictObject({ maxFiles: z.number().int().min(0).optional(), maxBytes: z.number().int().min(0).optional() })
    .optional(),
  reporter: z.enum(['auto', 'board', 'plain', 'json']).optional(),
  reports: z
    .strictObject({
      junit: name.optional(),
      json: name.optional(),
      ctrf: name.optional(),
      tap: name.optional(),
      html: name.optional(),
      trace: name.optional(),
      markdown: name.optional(),
    })
    .optional(),
  failOnFlaky: z.boolean().optional(),
})

/** The JSON Schema of a configuration file. Objects that only code can write stand for anything there. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema, { unrepresentable: 'any', io: 'input' })
  return { title: 'Configuration of Muster', ...schema }
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
}

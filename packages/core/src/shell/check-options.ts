// The orchestrator's doors: an unknown key is refused rather than ignored, since what was misspelt was meant, and what is
// to be an executor, a store or an engine is looked at before the first call of it fails far away.
import { z } from 'zod'
import { recoveryOptionsSchema } from '../recovery/recovery-schemas.ts'
import { artifactOptions, type ArtifactSettings } from '../artifacts/artifact-options.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { compileRules, type CompiledRule } from '../failure/rules/compiled-rules.ts'
import { failureRuleSchema } from '../failure/rules/failure-rule-schema.ts'
import type { AttemptLimits } from '../model/limits.ts'
import type { SlotStrategy } from '../run/decide-slots.ts'
import { workerDefinitionSchema } from '../schemas/model-schemas.ts'
import { attemptLimits, cgroupsOption, isolationOption, recycleOptions } from './engine-options.ts'
import type { CgroupUse } from './local/cgroups/use-cgroups.ts'
import type { Isolation } from './local/messages.ts'
import type { RecycleOptions } from './local/recycling.ts'
import { environmentOptions } from './engine-options.ts'
import type { OrchestratorOptions, RunRequest } from './orchestrator-options.ts'

/** The plain part of the orchestrator's options, with every default filled in. */
export interface OrchestratorSettings {
  readonly root?: string | undefined
  readonly name?: string | undefined
  readonly leaseMs: number
  readonly storeTimeoutMs: number
  readonly engineTimeoutMs: number
  readonly hookTimeoutMs: number
  readonly discoveryTimeoutMs: number
  readonly slots: number | SlotStrategy
  readonly limits: AttemptLimits
  readonly recycle: RecycleOptions
  readonly isolation: Isolation
  readonly cgroups: CgroupUse
  readonly artifacts?: ArtifactSettings | undefined
  readonly failureRules: readonly CompiledRule[]
}

const plain = {
  root: z.string().min(1).optional(),
  name: z.string().min(1).optional(),
  leaseMs: z.number().positive().default(10_000),
  storeTimeoutMs: z.number().positive().default(30_000),
  engineTimeoutMs: z.number().positive().default(60_000),
  hookTimeoutMs: z.number().positive().default(60_000),
  discoveryTimeoutMs: z.number().positive().default(120_000),
  slots: z
    .union([
      z.number().int().min(1),
      z.enum(['simple', 'max-parallel', 'resource-aware', 'deadline-based', 'adaptive']),
    ])
    .default('simple'),
  limits: attemptLimits,
  recycle: recycleOptions,
  isolation: isolationOption,
  cgroups: cgroupsOption,
  artifacts: artifactOptions.optional(),
}

/** Looked at elsewhere, or by whoever uses it. */
const anything = z.unknown().optional()
const callable = z
  .unknown()
  .refine((value) => value === undefined || typeof value === 'function', 'expected a function')
  .optional()
/** Not read through here: there may be a million in it. */
const list = z
  .unknown()
  .refine((value) => value === undefined || Array.isArray(value), 'expected a list')
  .optional()

/** Rules that the kernel keeps are checked by a schema of their own. */
const ofKernel = {
  retry: anything,
  timeoutMs: anything,
  maxFailures: anything,
  deadlineMs: anything,
  poisonAfter: anything,
  maxLosses: anything,
  waitForWorkerMs: anything,
  breakers: anything,
  quarantineAfter: anything,
}

const hooks = z.strictObject({
  beforeRun: callable,
  afterRun: callable,
  beforeTask: callable,
  afterTask: callable,
  beforeAttempt: callable,
  afterAttempt: callable,
} satisfies Record<keyof NonNullable<OrchestratorOptions['hooks']>, z.ZodType>)

const orchestratorOptions = z.strictObject({
  ...plain,
  ...ofKernel,
  executors: z.array(having('an executor', 'execute')).optional(),
  runners: z.array(having('a runner', 'discover')).optional(),
  engines: z
    .array(having('an engine', 'attach', 'launch', 'cancel', 'detach', 'close'))
    // Workers are found by the name of their engine.
    .refine((engines) => new Set(engines.map(nameOf)).size === engines.length, 'expected engines of different names')
    .optional(),
  store: having("a store, or 'none'", 'createRun', 'openJournal', 'readJournal', 'close')
    .or(z.literal('none'))
    .optional(),
  policy: having('a policy', 'key').optional(),
  observers: z.array(having('an observer', 'event')).optional(),
  recovery: recoveryOptionsSchema.optional(),
  hooks: hooks.optional(),
  logger: having('a logger', 'debug', 'info', 'warn', 'error').optional(),
  failureRules: z.array(failureRuleSchema).optional(),
  facts: callable,
  env: environmentOptions,
  clock: having('a clock', 'now', 'wallNow', 'after').optional(),
} satisfies Record<keyof OrchestratorOptions, z.ZodType>)

const runRequest = z.strictObject({
  ...ofKernel,
  run: z
    .string()
    .min(1)
    // It becomes part of the environment of processes, and text in a database.
    .refine((id) => !/[\0\p{Surrogate}]/u.test(id), 'expected Unicode text without a zero character')
    .optional(),
  plan: anything,
  tasks: list,
  groups: list,
  select: z.array(z.string()).optional(),
  keepOpen: z.boolean().optional(),
  seed: z.number().optional(),
  signal: having('an AbortSignal', 'addEventListener').optional(),
} satisfies Record<keyof RunRequest, z.ZodType>)

const resumeOptions = z.strictObject({
  takeOver: z.boolean().optional(),
  signal: having('an AbortSignal', 'addEventListener').optional(),
})

const whatIfOptions = z
  .strictObject({
    policy: having('a policy', 'key').optional(),
    slots: z.number().int().min(1).optional(),
    workers: z.array(workerDefinitionSchema).min(1).optional(),
  })
  .refine(({ slots, workers }) => slots === undefined || workers === undefined, 'expected slots or workers, not both')

const eventsOptions = z.strictObject({ after: z.number().int().min(0).default(0) })

/** Checks everything an orchestrator is given; throws `OPTIONS_INVALID` with every problem. */
export function checkOrchestratorOptions(given: OrchestratorOptions): OrchestratorSettings {
  parseOptions(orchestratorOptions, given, 'options')
  const rules = compileRules(given.failureRules ?? [])
  return { ...parseOptions(z.object(plain), given, 'options'), failureRules: rules }
}

/** Checks what a run is asked for, but for the rules of the kernel and the tasks themselves. */
export function checkRunRequest(given: RunRequest): void {
  parseOptions(runRequest, given, 'run')
}

/** Checks how a run is to be taken up again. */
export function checkResumeOptions(given: object): void {
  parseOptions(resumeOptions, given, 'resume')
}

/** Checks what is to be different in a run that is decided anew. */
export function checkWhatIfOptions(given: object): void {
  parseOptions(whatIfOptions, given, 'whatIf')
}

/** Checks from where on events are to be read. */
export function checkEventsOptions(given: object): { readonly after: number } {
  return parseOptions(eventsOptions, given, 'events')
}

/** Something that has these methods; it is handed on as it is. */
function having(what: string, ...methods: readonly string[]): z.ZodType {
  const hasAll = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof Reflect.get(value, method) === 'function')
  return z.unknown().refine(hasAll, `expected ${what} with ${methods.join(', ')}`)
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'name') : undefined
}

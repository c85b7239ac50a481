// The coordinator's door for what supervisors send. The envelope is ours; the result inside was made by an executor, so one
// that does not fit becomes a failed attempt that names what is wrong, and never a broken journal.
import { z } from 'zod'
import { makeFailure } from '../../failure/make-failure.ts'
import type { AttemptDetails, CaseResult, Outcome } from '../../model/outcome.ts'
import { attemptDetailsSchema, caseResultSchema, outcomeSchema } from '../../schemas/model-schemas.ts'
import { protocolVersion, type SupervisorSignal } from './messages.ts'

const envelope = { v: z.literal(protocolVersion), task: z.number().int().min(0), n: z.number().int().min(1) }

const schema = z.discriminatedUnion('kind', [
  z.object({ v: envelope.v, kind: z.literal('ready') }),
  z.object({ v: envelope.v, kind: z.literal('beat') }),
  z.object({ v: envelope.v, kind: z.literal('warning'), text: z.string() }),
  z.object({ ...envelope, kind: z.literal('begun') }),
  z.object({ ...envelope, kind: z.literal('refused'), because: z.string() }),
  z.object({ ...envelope, kind: z.literal('progress'), fraction: z.number(), message: z.string().optional() }),
  z.object({
    ...envelope,
    kind: z.literal('output'),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
  }),
  z.object({ ...envelope, kind: z.literal('case'), result: z.unknown() }),
  z.object({ ...envelope, kind: z.literal('ended'), outcome: z.unknown(), details: z.unknown().optional() }),
])

/** The signal in a line, or what is wrong with it. */
export function readSupervisorSignal(
  line: string,
): SupervisorSignal | { readonly kind: 'unreadable'; readonly because: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { kind: 'unreadable', because: 'no JSON' }
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return { kind: 'unreadable', because: problemsOf(parsed.error) }
  const { v: _, ...signal } = parsed.data
  switch (signal.kind) {
    case 'case':
      // What an executor reports is not the supervisor's fault; the result fails when it holds such a case.
      return isCase(signal.result)
        ? { ...signal, result: signal.result }
        : { kind: 'warning', text: 'An executor reported a test case that does not fit; it is not shown.' }
    case 'ended':
      return endedOf(signal)
    case 'ready':
    case 'beat':
    case 'warning':
    case 'begun':
    case 'refused':
    case 'progress':
    case 'output':
      return signal
  }
}

interface Ended {
  readonly kind: 'ended'
  readonly task: number
  readonly n: number
  readonly outcome: unknown
  readonly details?: unknown
}

function endedOf({ kind, task, n, outcome, details }: Ended): SupervisorSignal {
  if (!isOutcome(outcome)) return { kind, task, n, outcome: misfit('outcome', outcomeSchema.safeParse(outcome)) }
  if (details === undefined) return { kind, task, n, outcome }
  if (isDetails(details)) return { kind, task, n, outcome, details }
  return { kind, task, n, outcome: misfit('details', attemptDetailsSchema.safeParse(details)) }
}

function misfit(what: string, parsed: z.ZodSafeParseResult<unknown>): Outcome {
  const problems = parsed.success ? '' : problemsOf(parsed.error)
  const message = `What the executor returned does not fit: ${what}: ${problems}`
  const failure = makeFailure({ category: 'configuration', fault: 'test', message, evidence: [`invalid ${what}`] })
  return { result: 'failed', durationMs: 0, failure }
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ')
}

function isOutcome(value: unknown): value is Outcome {
  return outcomeSchema.safeParse(value).success
}

function isDetails(value: unknown): value is AttemptDetails {
  return attemptDetailsSchema.safeParse(value).success
}

function isCase(value: unknown): value is CaseResult {
  return caseResultSchema.safeParse(value).success
}

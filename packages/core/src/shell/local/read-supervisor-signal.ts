// The coordinator's door for what supervisors send. The envelope is ours; the result inside was made by an executor, and is
// looked at as one.
import { z } from 'zod'
import { isCase, problemsOf, readResult } from '../read-result.ts'
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
      return { kind: 'ended', task: signal.task, n: signal.n, ...readResult(signal.outcome, signal.details) }
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

// What a server answered, over HTTP or gRPC. A server that says "my own mistake" (500, INTERNAL) may be what is tested, so
// that alone names no category.
import type { FailureCategory } from '../../model/failure.ts'
import type { SignalFinding } from './signal-finding.ts'

type Meaning = readonly [category: FailureCategory, code: string]

const byHttp: Readonly<Record<number, Meaning | undefined>> = {
  401: ['permission-auth', 'http'],
  403: ['permission-auth', 'http'],
  407: ['permission-auth', 'http'],
  408: ['timeout', 'wait'],
  429: ['network', 'rate-limit'],
  502: ['network', 'upstream-5xx'],
  503: ['network', 'upstream-5xx'],
  504: ['network', 'upstream-5xx'],
  521: ['network', 'upstream-5xx'],
  522: ['network', 'upstream-5xx'],
}

const grpcNames = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
]

const byGrpc: Readonly<Record<string, Meaning | undefined>> = {
  CANCELLED: ['cancelled', 'requested'],
  DEADLINE_EXCEEDED: ['timeout', 'wait'],
  PERMISSION_DENIED: ['permission-auth', 'http'],
  RESOURCE_EXHAUSTED: ['network', 'rate-limit'],
  UNAVAILABLE: ['network', 'upstream-5xx'],
  UNAUTHENTICATED: ['permission-auth', 'http'],
  DATA_LOSS: ['data-parse', 'binary'],
}

/** What a status says, or nothing. */
export function statusFinding(http: number | undefined, grpc: number | string | undefined): SignalFinding | undefined {
  const answered = http === undefined ? undefined : byHttp[http]
  if (answered !== undefined) return found(answered, `status ${http}`, 'signals/http-status')
  const name = typeof grpc === 'number' ? grpcNames[grpc] : grpc?.toUpperCase()
  const meaning = name !== undefined && Object.hasOwn(byGrpc, name) ? byGrpc[name] : undefined
  return meaning === undefined ? undefined : found(meaning, `gRPC status ${name}`, 'signals/grpc-status')
}

function found([category, code]: Meaning, evidence: string, rule: string): SignalFinding {
  return { category, code, strength: 100, evidence, rule }
}

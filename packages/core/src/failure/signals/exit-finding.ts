// What the end of a process says: its exit code or the signal that ended it. Codes come as 8 bits, as negative numbers (a
// signal, or the same NTSTATUS read with a sign) and as 32 bits; each is read as what its system meant.
import type { FailureCategory } from '../../model/failure.ts'
import type { SignalFinding } from './signal-finding.ts'

type Meaning = readonly [category: FailureCategory, code: string, strength: number]

const crash = (code: string): Meaning => ['process-crash', code, 80]

const byCode: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [124, ['timeout', 'job', 66]],
  [126, ['environment', 'missing-tool', 61]],
  [127, ['environment', 'missing-tool', 61]],
  [130, ['cancelled', 'requested', 55]],
  [132, crash('signal')],
  [133, crash('signal')],
  [134, crash('signal')],
  [135, crash('segmentation-fault')],
  [136, crash('signal')],
  // Most often the kernel for want of memory; a text that knows better wins.
  [137, ['resource', 'memory', 75]],
  [139, crash('segmentation-fault')],
  [143, ['cancelled', 'requested', 45]],
  [0xc0000005, crash('segmentation-fault')],
  [0xc0000374, crash('signal')],
  [0xc0000409, crash('signal')],
  [0xc00000fd, crash('signal')],
  [0xc000001d, crash('signal')],
  [0xc0000094, crash('signal')],
  [0x80000003, crash('signal')],
  [0xc000013a, ['cancelled', 'requested', 55]],
  [0xc000012d, ['resource', 'memory', 92]],
  [0xc0000017, ['resource', 'memory', 92]],
  [0xc0000142, ['environment', 'missing-tool', 61]],
  [0xc0000135, ['build-dependency', 'import', 64]],
])

const bySignal: Readonly<Record<string, Meaning | undefined>> = {
  SIGINT: ['cancelled', 'requested', 55],
  SIGTERM: ['cancelled', 'requested', 45],
  SIGHUP: ['infrastructure', 'worker-lost', 45],
  SIGXCPU: ['resource', 'cpu', 90],
  SIGXFSZ: ['resource', 'disk', 90],
  SIGKILL: ['process-crash', 'signal', 50],
  SIGSEGV: crash('segmentation-fault'),
  SIGBUS: crash('segmentation-fault'),
}

/** Names of signals by their numbers, where every system agrees. */
const signalNames: Readonly<Record<number, string | undefined>> = {
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
}

/** What an exit code or a signal says, or nothing: most codes are a program's own. */
export function exitFinding(
  code: number | null | undefined,
  signal: string | null | undefined,
): SignalFinding | undefined {
  if (typeof signal === 'string' && signal !== '') return signalFinding(signal, `signal ${signal.slice(0, 40)}`)
  if (typeof code !== 'number' || !Number.isInteger(code)) return undefined
  const evidence = `exit code ${code}`
  // Where there are no signals, -1 and -2 are ordinary failing codes.
  const named = code < -2 && code > -32 ? signalNames[-code] : undefined
  if (named !== undefined) return signalFinding(named, evidence)
  const meaning = byCode.get(code) ?? byCode.get(code >>> 0)
  return meaning === undefined ? undefined : found(meaning, evidence, 'signals/exit-code')
}

function signalFinding(signal: string, evidence: string): SignalFinding {
  const name = signal.startsWith('SIG') ? signal : `SIG${signal}`
  // Whatever else ends a process by a signal ends it by force.
  return found(
    Object.hasOwn(bySignal, name) ? (bySignal[name] ?? crash('signal')) : crash('signal'),
    evidence,
    'signals/signal',
  )
}

function found([category, code, strength]: Meaning, evidence: string, rule: string): SignalFinding {
  return { category, code, strength, evidence, rule }
}

// What the code, the class and the status of an error say about its category. Texts are not read here: only signals that
// mean the same in every language and version.
import type { FailureCategory } from '../../model/failure.ts'
import type { SignalFinding } from './signal-finding.ts'
import { statusFinding } from './status-finding.ts'

type Meaning = readonly [category: FailureCategory, code: string | undefined, transient?: boolean]

const codes: readonly (readonly [Meaning, readonly string[]])[] = [
  [['assertion', undefined], ['ERR_ASSERTION']],
  [['network', 'refused'], ['ECONNREFUSED']],
  [
    ['network', 'reset'],
    [...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENETRESET', 'ENOTCONN'], 'ERR_SOCKET_CLOSED', 'UND_ERR_SOCKET'],
  ],
  [
    ['network', 'dns'],
    ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NONAME'],
  ],
  [
    ['network', 'unreachable'],
    ['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  ],
  [
    ['network', 'timeout'],
    ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  ],
  [
    ['network', 'tls', false],
    [
      ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'EPROTO'],
      ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
      ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ],
  ],
  [
    ['resource', 'memory'],
    ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY'],
  ],
  [
    ['resource', 'disk'],
    ['ENOSPC', 'EDQUOT'],
  ],
  [
    ['resource', 'file-descriptors'],
    ['EMFILE', 'ENFILE', 'ENOBUFS'],
  ],
  [['resource', 'processes'], ['EAGAIN']],
  [
    ['hardware-device', 'io'],
    ['EIO', 'ENODEV', 'ENXIO'],
  ],
  [
    ['permission-auth', 'files'],
    ['EACCES', 'EPERM', 'ERR_ACCESS_DENIED'],
  ],
  [
    ['environment', 'file-system'],
    ['EROFS', 'ESTALE'],
  ],
  [
    ['environment', 'missing-file'],
    ['ENOENT', 'ENOTDIR'],
  ],
  [['environment', 'missing-tool'], ['ENOEXEC']],
  [
    ['environment', 'port-in-use', true],
    ['EADDRINUSE', 'EADDRNOTAVAIL'],
  ],
  [
    ['environment', 'workspace-dirty', true],
    ['EBUSY', 'ENOTEMPTY', 'ETXTBSY'],
  ],
  [
    ['build-dependency', 'import'],
    [
      ...['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_DLOPEN_FAILED'],
      ...['ERR_PACKAGE_IMPORT_NOT_DEFINED', 'ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_DIR_IMPORT'],
      ...['ERR_REQUIRE_ESM', 'ERR_UNKNOWN_BUILTIN_MODULE', 'ERR_INVALID_PACKAGE_CONFIG'],
    ],
  ],
  [
    ['build-dependency', 'syntax'],
    ['ERR_INVALID_TYPESCRIPT_SYNTAX', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'],
  ],
  [
    ['configuration', 'options'],
    ['OPTIONS_INVALID', 'EXECUTOR_INVALID', 'EXECUTOR_UNKNOWN', 'ERR_PARSE_ARGS_UNKNOWN_OPTION'],
  ],
  [['configuration', 'config-file'], ['CONFIG_UNREADABLE']],
  [['timeout', 'test'], ['ERR_TEST_TIMEOUT']],
  [['cancelled', 'requested'], ['ABORT_ERR']],
]

const byCode: ReadonlyMap<string, Meaning> = new Map(
  codes.flatMap(([meaning, names]) => names.map((name) => [name, meaning] as const)),
)

const byName: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['AssertionError', ['assertion', undefined]],
  ['AssertionError [ERR_ASSERTION]', ['assertion', undefined]],
  ['JestAssertionError', ['assertion', undefined]],
  ['TimeoutError', ['timeout', 'wait']],
  ['AbortError', ['cancelled', 'requested']],
])

/** What an error looks like from outside, whatever made it. */
export interface ErrorShape {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: string | undefined
  /** What of the system was called: `spawn git`, `watch`. */
  readonly syscall?: string | undefined
  readonly status?: number | undefined
  /** It carries what was expected and what was there. */
  readonly hasComparison: boolean
  /** How long a server asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** The most telling structured signal of one error, or nothing. */
export function errorFinding(error: ErrorShape): SignalFinding | undefined {
  const named = byName.get(error.name)
  if (named !== undefined) return found(named, `error class ${error.name}`, 'signals/error-class')
  const coded = codeMeaning(error)
  if (coded !== undefined) return found(coded, `code ${error.code}`, 'signals/error-code')
  if (error.hasComparison)
    return found(['assertion', undefined], 'carries an expected and an actual value', 'signals/comparison')
  return statusFinding(error.status, undefined) ?? (error.name === 'SyntaxError' ? syntaxFinding(error) : undefined)
}

/** Some codes mean another thing by what was called. */
function codeMeaning({ code, syscall = '', message }: ErrorShape): Meaning | undefined {
  if (code === undefined) return undefined
  const isSpawn = syscall.startsWith('spawn') || /^spawn(?:Sync)? /.test(message)
  if (code === 'ENOENT' && isSpawn) return ['environment', 'missing-tool']
  if (code === 'ETIMEDOUT' && isSpawn) return ['timeout', 'test']
  if (code === 'ENOSPC' && (syscall === 'watch' || /\bfile watchers\b|\binotify\b/.test(message)))
    return ['resource', 'watchers']
  return byCode.get(code)
}

function syntaxFinding(error: ErrorShape): SignalFinding {
  return error.stack?.includes('at JSON.parse (') === true
    ? found(['data-parse', undefined], 'SyntaxError thrown by JSON.parse', 'signals/error-class')
    : found(['build-dependency', 'syntax'], 'error class SyntaxError', 'signals/error-class')
}

function found([category, code, transient]: Meaning, evidence: string, rule: string): SignalFinding {
  return { category, code, evidence, rule, strength: 100, transient }
}

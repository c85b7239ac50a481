// What the code, the class and the status of an error say about its category. Texts are not read here: only signals that
// mean the same in every language and version.
import type { FailureCategory } from '../model/failure.ts'

const codesByCategory: Partial<Readonly<Record<FailureCategory, readonly string[]>>> = {
  assertion: ['ERR_ASSERTION'],
  network: [
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ETIMEDOUT', 'EPIPE'],
    ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'ENOTCONN', 'ERR_SOCKET_CLOSED'],
    ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
    ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ...[
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'EPROTO',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ],
  ],
  resource: ['ENOMEM', 'ENOSPC', 'EMFILE', 'ENFILE', 'EDQUOT', 'EAGAIN', 'ERR_WORKER_OUT_OF_MEMORY', 'ENOBUFS'],
  'hardware-device': ['EIO', 'ENODEV', 'ENXIO'],
  'permission-auth': ['EACCES', 'EPERM', 'EROFS', 'ERR_ACCESS_DENIED'],
  environment: ['ENOENT', 'ENOTDIR', 'ENOEXEC', 'EADDRINUSE', 'EADDRNOTAVAIL', 'ERR_DLOPEN_FAILED'],
  'build-dependency': [
    ...['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_PACKAGE_IMPORT_NOT_DEFINED'],
    ...['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_DIR_IMPORT', 'ERR_REQUIRE_ESM', 'ERR_UNKNOWN_BUILTIN_MODULE'],
    ...['ERR_INVALID_TYPESCRIPT_SYNTAX', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', 'ERR_INVALID_PACKAGE_CONFIG'],
  ],
  configuration: [
    'OPTIONS_INVALID',
    'CONFIG_UNREADABLE',
    'EXECUTOR_INVALID',
    'EXECUTOR_UNKNOWN',
    'ERR_PARSE_ARGS_UNKNOWN_OPTION',
  ],
  timeout: ['ERR_TEST_TIMEOUT'],
}

const byCode: ReadonlyMap<string, FailureCategory> = new Map(listCodes())

const byName: ReadonlyMap<string, FailureCategory> = new Map([
  ['AssertionError', 'assertion'],
  ['AssertionError [ERR_ASSERTION]', 'assertion'],
  ['JestAssertionError', 'assertion'],
  ['TimeoutError', 'timeout'],
])

const byStatus: ReadonlyMap<number, FailureCategory> = new Map([
  [401, 'permission-auth'],
  [403, 'permission-auth'],
  [429, 'network'],
  [502, 'network'],
  [503, 'network'],
  [504, 'network'],
])

/** What one error of a chain says. */
export interface ErrorSignal {
  readonly category: FailureCategory
  /** The signal itself, as evidence: `code ECONNREFUSED`. */
  readonly evidence: string
}

/** What an error looks like from outside, whatever made it. */
export interface ErrorShape {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: string | undefined
  readonly status?: number | undefined
  /** It carries what was expected and what was there. */
  readonly hasComparison: boolean
}

/** The most telling structured signal of one error, or nothing. */
export function signalOf(error: ErrorShape): ErrorSignal | undefined {
  const named = byName.get(error.name)
  if (named !== undefined) return { category: named, evidence: `error class ${error.name}` }
  const coded = error.code === undefined ? undefined : byCode.get(error.code)
  if (coded !== undefined) return { category: coded, evidence: `code ${error.code}` }
  if (error.hasComparison) return { category: 'assertion', evidence: 'carries an expected and an actual value' }
  const answered = error.status === undefined ? undefined : byStatus.get(error.status)
  if (answered !== undefined) return { category: answered, evidence: `status ${error.status}` }
  if (error.name === 'SyntaxError') return syntaxSignal(error)
  return undefined
}

function syntaxSignal(error: ErrorShape): ErrorSignal {
  return error.stack?.includes('at JSON.parse (') === true
    ? { category: 'data-parse', evidence: 'SyntaxError thrown by JSON.parse' }
    : { category: 'build-dependency', evidence: 'error class SyntaxError' }
}

function listCodes(): readonly (readonly [string, FailureCategory])[] {
  const list: (readonly [string, FailureCategory])[] = []
  for (const [category, codes] of Object.entries(codesByCategory)) {
    for (const code of codes) if (isCategory(category)) list.push([code, category])
  }
  return list
}

function isCategory(name: string): name is FailureCategory {
  return name in codesByCategory
}

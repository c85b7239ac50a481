// The innermost frame of a stack that is code of the project: not the platform's, not a library's. Line numbers are left out,
// since they move with every change above them.

/** Where own code failed. */
export interface OwnFrame {
  /** The last two segments of its path: the folders above differ from machine to machine. */
  readonly file: string
  /** Absent for code outside any named function. */
  readonly name?: string | undefined
  readonly isTest: boolean
}

const mostLines = 60
const longestLine = 400

/** One way in which languages write frames, and which of its groups are what. */
interface FrameShape {
  readonly pattern: RegExp
  readonly file: number
  readonly name: number
  /** Whether the innermost frame is written last. */
  readonly isLastInnermost?: true
}

const shapes: readonly FrameShape[] = [
  {
    pattern: /^\s*at (?:async )?(?:new )?([^\s()]{1,200}(?: \[as [^\]]{1,80}\])?) \(([^()]{1,300}?):\d+:\d+\)/,
    name: 1,
    file: 2,
  },
  {
    pattern: /^\s*at (?:async )?()((?:file:\/\/|[A-Za-z]:[\\/]|\.{0,2}\/|[\w@-])[^()\s]{0,300}?):\d+:\d+\s*$/,
    name: 1,
    file: 2,
  },
  { pattern: /^\s*File "([^"]{1,300})", line \d+(?:, in ([^\s]{1,200}))?/, file: 1, name: 2, isLastInnermost: true },
  {
    pattern: /^\s*at ([\w$.]{1,200}\.[\w$<>]{1,100})\(([\w$-]{1,100}\.(?:java|kt|scala|groovy)):\d+\)/,
    name: 1,
    file: 2,
  },
  { pattern: /^([^@\s]{0,200})@([^\s]{1,300}?):\d+:\d+\s*$/, name: 1, file: 2 },
  { pattern: /^\s+()((?:[A-Za-z]:)?[\\/][^\s:]{1,300}\.go):\d+/, name: 1, file: 2 },
]

const foreign =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|\.cargo|rustc|vendor)[\\/]|^node:|^internal[\\/]|^<|lib[\\/](?:python)?\d|[\\/]lib[\\/]python|[\\/]go[\\/](?:src|pkg)[\\/]|[\\/]usr[\\/](?:lib|local[\\/]go)[\\/]/
const foreignName =
  /^(?:java|javax|jdk|sun|kotlin|scala|groovy|org\.(?:junit|testng|assertj|hamcrest|mockito|gradle|apache\.maven)|com\.sun|junit|reactor)\./
const testFile =
  /(?:[._-](?:test|tests|spec|specs|e2e|it)\.[^/]{1,10}$)|(?:(?:^|\/)(?:__tests__|tests?|specs?|e2e)\/)|(?:(?:^|\/)test_[^/]+\.py$)|(?:(?:Tests?|IT|Spec|TestCase)\.(?:java|kt|scala|groovy)$)/

/** The innermost own frame; nothing where the stack has none. `testPath` is the file of the test itself. */
export function ownFrame(stack: string, testPath?: string): OwnFrame | undefined {
  let innermost: OwnFrame | undefined
  for (const line of stack.split('\n', mostLines)) {
    if (line.length > longestLine) continue
    const found = frameOf(line, testPath)
    if (found === undefined) continue
    if (!found.isLastInnermost) return found.frame
    innermost = found.frame
  }
  return innermost
}

function frameOf(
  line: string,
  testPath: string | undefined,
): { readonly frame: OwnFrame; readonly isLastInnermost: boolean } | undefined {
  for (const { pattern, file: fileGroup, name: nameGroup, isLastInnermost } of shapes) {
    const groups = pattern.exec(line)
    const path = groups?.[fileGroup]
    if (path === undefined) continue
    const name = groups?.[nameGroup] ?? ''
    if (foreign.test(path) || foreignName.test(name)) return undefined
    const whole = path.replace(/^file:\/\/\/?/, '/').replaceAll('\\', '/')
    const isTest =
      testFile.test(whole) ||
      (testPath !== undefined && testPath !== '' && sameEnd(whole, testPath.replaceAll('\\', '/')))
    const frame = { file: shortPath(whole), ...(isNamed(name) ? { name: plainName(name) } : {}), isTest }
    return { frame, isLastInnermost: isLastInnermost === true }
  }
  return undefined
}

function sameEnd(path: string, test: string): boolean {
  return path === test || path.endsWith(`/${test.replace(/^\.?\//, '')}`)
}

function shortPath(path: string): string {
  return path
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/[?#].*$/, '')
}

function isNamed(name: string): boolean {
  return name !== '' && !/anonymous|^<(?:module|lambda)>|lambda\$|^eval$/.test(name)
}

/** Numbers behind a dollar are closures and generated classes. */
function plainName(name: string): string {
  return name.replace(/ \[as .*$/, '').replace(/\$\d+/g, '$')
}

// Which case this is: its file and its titles. Every producer puts them elsewhere, so the rules below name the form that they
// undo. The same document must always give the same identity, because histories are joined by it.

/** One `testsuite` around a case. */
export interface SuiteTitle {
  readonly name: string
  readonly file: string | undefined
}

/** What a document says of a case's place. */
export interface CasePlace {
  /** Outermost first. */
  readonly suites: readonly SuiteTitle[]
  /** Name of the root element, by which some producers are known. */
  readonly producer: string
  readonly classname: string
  readonly name: string
  readonly file: string | undefined
}

/** File and titles of a case. */
export interface CaseIdentity {
  readonly path: readonly string[]
  readonly file: string | undefined
}

/** Names of suites that say nothing: Mocha's and pytest's outermost ones. */
const empty: ReadonlySet<string> = new Set(['', 'Root Suite', 'pytest', 'undefined'])

/** The identity of a case. */
export function caseIdentity(place: CasePlace): CaseIdentity {
  const suiteFile = place.suites.findLast((suite) => suite.file !== undefined)?.file
  const named = place.suites.findLast((suite) => looksLikeFile(suite.name))?.name
  const file = place.file ?? suiteFile ?? named
  // Ours, Vitest's and Playwright's hold all titles in the name; the class is the file or the task.
  if (place.producer === 'muster') return { path: place.name.split(' > '), file: suiteFile }
  if (place.producer === 'vitest tests') return { path: place.name.split(' > '), file }
  if (place.name.includes(' › ')) return { path: place.name.split(' › '), file }
  const titles = place.suites.map((suite) => suite.name).filter((name) => !isEmpty(name) && !isFile(name, file))
  const classname = remainingClass(place, file)
  return { path: [...joined(titles, classname, place.name), place.name], file }
}

/** The titles before the name: suites and class, without what one repeats of the other. */
function joined(titles: readonly string[], classname: string, name: string): readonly string[] {
  const last = titles.at(-1)
  // Jest and Mocha repeat the titles in the name: `suite case` in a suite called `suite`.
  const kept =
    last !== undefined && name.length > last.length && name.startsWith(`${last} `) ? titles.slice(0, -1) : titles
  if (classname === '') return kept
  const whole = [' ', '.', ' > ', '::', '/'].some(
    (separator) => kept.join(separator).replaceAll('\\', '.') === classname,
  )
  // `pkg` of `example.org/pkg`, as Go's reporters write it.
  const isPart =
    last !== undefined &&
    (last === classname ||
      last.replaceAll('\\', '.') === classname ||
      last.endsWith(`/${classname}`) ||
      last.endsWith(`.${classname}`))
  if (whole || isPart) return kept
  return last !== undefined && classname.startsWith(last) ? [...kept.slice(0, -1), classname] : [...kept, classname]
}

function remainingClass({ classname, name }: CasePlace, file: string | undefined): string {
  // `test` is what Node writes for every case.
  if (classname === 'test' || classname === name || name.endsWith(` ${classname}`) || isFile(classname, file)) return ''
  const module = file?.replace(/\.[A-Za-z0-9]{1,5}$/, '').replaceAll('/', '.')
  // pytest: `tests.test_a.TestB` in tests/test_a.py.
  if (module !== undefined && classname === module) return ''
  if (module !== undefined && classname.startsWith(`${module}.`)) return classname.slice(module.length + 1)
  return classname
}

/** Besides those, PHPUnit's outermost suite: the path of its configuration, different on every machine. */
function isEmpty(name: string): boolean {
  return empty.has(name) || /\.xml(?:\.dist)?$/.test(name)
}

function isFile(name: string, file: string | undefined): boolean {
  return file !== undefined && (name === file || (name.length > 0 && file.endsWith(`/${name}`)))
}

function looksLikeFile(name: string): boolean {
  return (
    name.length < 1000 && /\.(?:[cm]?[jt]sx?|py|rb|php|feature|vue|svelte|dart|lua)$/.test(name) && !name.includes('\n')
  )
}

// What a person asked to run, read from the words they typed: globs, folders, files and files with lines. Names are compared
// before they are read as globs, because brackets and parentheses are common in the names of real files.
import picomatch from 'picomatch'

/** Which files were asked for. */
export interface Selection {
  /** Tells whether a file, relative to the root and with forward slashes, was asked for. */
  readonly has: (file: string) => boolean
  /** Lines asked for in the file; `undefined` stands for the whole file. */
  readonly linesOf: (file: string) => readonly number[] | undefined
  /** Words, as typed, that name a line of one of `files`. */
  readonly wordsWithLine: (files: readonly string[]) => readonly string[]
}

interface Word {
  readonly typed: string
  readonly matches: (file: string) => boolean
  /** None stands for the whole file. */
  readonly lines: readonly number[]
}

/**
 * Reads the words of a selection. No words select everything; a word that begins with `!` takes files out.
 *
 * @example
 * ```ts
 * const selection = selectionOf(['src', '!src/slow/**', 'e2e/login.test.ts:12'])
 * selection.has('src/a.test.ts') // true
 * selection.linesOf('e2e/login.test.ts') // [12]
 * ```
 */
export function selectionOf(words: readonly string[]): Selection {
  const wanted = words.filter((word) => !word.startsWith('!')).map(readWord)
  const unwanted = words.filter((word) => word.startsWith('!')).map((word) => readWord(word.slice(1)))
  return {
    has: (file) =>
      (wanted.length === 0 || wanted.some(({ matches }) => matches(file))) &&
      !unwanted.some(({ matches }) => matches(file)),
    linesOf: (file) => {
      const asking = wanted.filter(({ matches }) => matches(file))
      // A word for the whole file outweighs a word for one of its lines.
      if (asking.length === 0 || asking.some(({ lines }) => lines.length === 0)) return undefined
      return [...new Set(asking.flatMap(({ lines }) => lines))].sort((a, b) => a - b)
    },
    wordsWithLine: (files) =>
      wanted.filter(({ lines, matches }) => lines.length > 0 && files.some(matches)).map(({ typed }) => typed),
  }
}

function readWord(word: string): Word {
  const [, path = word, lines = ''] = /^(.+):(\d+(?:,\d+)*)$/.exec(word) ?? []
  const plain = path.replace(/^(\.\/)+/, '').replace(/\/+$/, '')
  const isGlob = picomatch(plain, { dot: true })
  return {
    typed: word,
    matches: (file) => plain === '' || plain === '.' || file === plain || file.startsWith(`${plain}/`) || isGlob(file),
    lines: lines.split(',').flatMap((line) => (line === '' ? [] : Number(line))),
  }
}

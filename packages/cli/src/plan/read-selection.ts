// What words after `run` and `plan` mean: all of them choose tasks of the graph, and those that name a line also tell the
// runner which part of the file to run.

/** A selection, for the runners and for the graph. */
export interface SelectionWords {
  /** Words for discovery; empty where everything is to be found. */
  readonly discover: readonly string[]
  /** Words for the graph; empty where everything is to be run. */
  readonly select: readonly string[]
}

/** Splits words into those for discovery and those for the graph. */
export function readSelection(words: readonly string[]): SelectionWords {
  const plain = words.map((word) => word.replace(/^\.\//, ''))
  const hasLines = plain.some((word) => lineOf(word) !== undefined)
  return {
    discover: hasLines ? plain.filter((word) => !word.startsWith('+') && !word.endsWith('+')) : [],
    select: plain.map((word) => lineOf(word)?.file ?? word),
  }
}

function lineOf(word: string): { readonly file: string } | undefined {
  const [, file] = /^([^!+].*\.[A-Za-z]+):\d+$/.exec(word) ?? []
  return file === undefined ? undefined : { file }
}

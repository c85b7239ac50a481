// What a field means whose docstring would only repeat the glossary: these words mean the same wherever they stand.
const meanings: Readonly<Record<string, string>> = {
  'run: string': 'Id of the run.',
  'task: string': 'Id of the task.',
  'worker: string': 'Id of the worker.',
  'group: string': 'Id of the group.',
  'n: number': 'Number of the attempt, from 1.',
  'epoch: number': 'Number of the ownership; fences off a former owner.',
  'seed: number': 'Feeds every roll of the dice.',
  'version: 1': 'Version of the document.',
  'file?: string': "Source file, relative to the project's root.",
  'line?: number': 'Line in the file, from 1.',
}

/** A sentence for a field that has none of its own, or nothing. */
export function fieldMeaning(signature: string): string {
  return meanings[signature] ?? ''
}

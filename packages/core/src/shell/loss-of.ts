// What an executor returned is kept in the journal, and the journal is JSON. What JSON refuses, and what it empties without a
// word, is told by its place: a result that silently became another one would be believed.
import { makeFailure } from '../failure/make-failure.ts'
import type { Failure } from '../model/failure.ts'

/** Why an output cannot be kept as it is, or nothing where it can. */
export function lossOf(output: unknown): Failure | undefined {
  switch (typeof output) {
    case 'undefined':
    case 'string':
    case 'boolean':
    case 'number':
      return undefined
    case 'object':
      return output === null ? undefined : lossOfObject(output)
    case 'bigint':
    case 'function':
    case 'symbol':
      return badOutput('it holds a function, a bigint, a symbol or a circle')
  }
}

function lossOfObject(output: object): Failure | undefined {
  let emptied: string | undefined
  try {
    JSON.stringify(output, function (this: unknown, key: string, value: unknown) {
      emptied ??= emptiedAs(key, value)
      return value
    })
  } catch {
    return badOutput('it holds a function, a bigint, a symbol or a circle')
  }
  return emptied === undefined ? undefined : badOutput(emptied)
}

/** The classes of which JSON keeps nothing; whoever gives one a `toJSON` has it asked before. */
function emptiedAs(key: string, value: unknown): string | undefined {
  const found = [Map, Set, WeakMap, WeakSet, Promise, RegExp, ArrayBuffer].find((each) => value instanceof each)
  if (found === undefined) return undefined
  const where = key === '' ? 'it' : `its \`${key}\``
  return `${where} is a ${found.name}, of which JSON keeps nothing. Return a list or a plain object instead`
}

function badOutput(why: string): Failure {
  const message = `What the executor returned does not survive JSON: ${why}`
  return makeFailure({ category: 'configuration', fault: 'test', message, evidence: ['output cannot be kept'] })
}

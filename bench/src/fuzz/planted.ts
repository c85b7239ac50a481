// Readers that do on purpose what none may do, each by a mistake that people make: the figures must then rise.
import type { Reader } from './readers.ts'

/** What each fault breaks. */
export const faults: Readonly<Record<string, string>> = {
  'unguarded-parse':
    'supervisor lines are parsed without a look: what is no JSON, or lacks a field, throws an error that is not ours',
  'greedy-pattern': 'TAP is looked through with a pattern that tries every way to divide a line',
  'endless-loop': 'a JUnit document with NUL in it is searched for ever',
  'naive-merge': 'a configuration is merged key by key into an object, prototypes included',
  'keeps-all': 'every message of an agent is kept',
}

const kept: string[] = []

type Planted = { readonly [Fault in string]: readonly [Reader['name'], Reader['read']] }

const planted: Planted = {
  'unguarded-parse': ['supervisor', (text) => (JSON.parse(text) as { kind: string }).kind.length],
  'greedy-pattern': ['tap', (text) => /^(?:[ \w-]+)+\}$/m.test(text.slice(0, 27))],
  'endless-loop': [
    'junit',
    (text) => {
      for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0', at)) continue
    },
  ],
  'naive-merge': [
    'config',
    (text) => {
      try {
        merge({}, JSON.parse(text))
      } catch {
        // What is no JSON has nothing to merge.
      }
    },
  ],
  'keeps-all': ['agent', (text) => kept.push(`${text} ${kept.length}`)],
}

/** The readers with one of them replaced by a faulty one. */
export function withFault(readers: readonly Reader[], fault: string | undefined): readonly Reader[] {
  const [name, read] = (fault === undefined ? undefined : planted[fault]) ?? []
  return readers.map((reader) => (reader.name === name && read !== undefined ? { ...reader, read } : reader))
}

function merge(into: object, from: unknown): void {
  if (typeof from !== 'object' || from === null) return
  for (const key of Object.keys(from)) {
    const value: unknown = Reflect.get(from, key)
    const there: unknown = Reflect.get(into, key)
    if (typeof value === 'object' && typeof there === 'object' && there !== null) merge(there, value)
    else Reflect.set(into, key, value)
  }
}

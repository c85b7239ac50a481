// Finds what cannot go together before a run begins: two plugins of one name, two that set the limit of one ledger, two that
// have lanes, points that are no functions.
import { MusterError } from '@muster/core'
import type { Plugin } from './plugin.ts'

/** Plugins that go together, in the order in which they are asked. */
export interface CompiledPlugins {
  readonly plugins: readonly Plugin[]
  /** The one that has lanes. */
  readonly laned: Plugin | undefined
}

const points = [
  'key',
  'admit',
  'score',
  'claims',
  'permit',
  'lane',
  'laneKey',
  'passedOver',
  'preempts',
  'observe',
  'forRun',
] as const

/**
 * Checks plugins against one another; throws `OPTIONS_INVALID` with the names of those that do not go together.
 *
 * @example
 * ```ts
 * const { plugins, laned } = compilePlugins([oneBrowserPerHost, keepWarm])
 * ```
 */
export function compilePlugins(plugins: readonly Plugin[]): CompiledPlugins {
  const names = new Set<string>()
  const limits: { readonly ledger: string; readonly by: string }[] = []
  let laned: Plugin | undefined
  for (const plugin of plugins) {
    const { name, weight = 1 } = plugin
    if (typeof name !== 'string' || name === '') throw invalid('every plugin to have a name', describe(name))
    if (names.has(name)) throw invalid('plugins of different names', `two called ${JSON.stringify(name)}`)
    names.add(name)
    for (const point of points) {
      const given: unknown = Reflect.get(plugin, point)
      if (given !== undefined && typeof given !== 'function')
        throw invalid(`\`${point}\` of plugin ${name} to be a function`, describe(given))
    }
    if (!(Number.isFinite(weight) && weight >= 0))
      throw invalid(`the weight of plugin ${name} to be a number from 0 up`, String(weight))
    for (const ledger of plugin.limits ?? []) {
      const other = limits.find((known) => known.by !== name && doMeet(known.ledger, ledger))
      if (other !== undefined) {
        throw invalid(
          'one plugin to set the limit of a ledger',
          `${other.by} with ${other.ledger} and ${name} with ${ledger}`,
          'Give each a ledger of its own: an attempt may claim several.',
        )
      }
      limits.push({ ledger, by: name })
    }
    if ((plugin.lane === undefined) !== (plugin.laneKey === undefined))
      throw invalid(`plugin ${name} to have both \`lane\` and \`laneKey\`, or neither`, 'one of them')
    if (plugin.lane === undefined) continue
    if (laned !== undefined) throw invalid('one plugin with lanes', `${laned.name} and ${name}`)
    laned = plugin
  }
  return { plugins: [...plugins], laned }
}

/** Whether two names of ledgers, each perhaps the beginning of many, can mean the same one. */
function doMeet(a: string, b: string): boolean {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  if (shorter.endsWith('*')) return longer.startsWith(shorter.slice(0, -1))
  return longer.endsWith('*') ? shorter.startsWith(longer.slice(0, -1)) : shorter === longer
}

function invalid(expected: string, got: string, remedy?: string): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got, ...(remedy === undefined ? {} : { remedy }) })
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : `${String(value)} (${typeof value})`
}

// Asks one runner for its tasks. A runner is somebody else's code, which starts the tools of a project: it may throw, hang or
// give back anything, and whatever it does is told by its name.
import { nameAndMessageOf } from '../errors/message-of.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { Clock } from '../ports/clock.ts'
import type { Discovery, Runner } from '../ports/runner.ts'
import { answerWithin } from './answer-within.ts'

/** After this many milliseconds whoever waits is told what he waits for. */
const tellAfterMs = 5_000

/** Where and how long to look. */
export interface DiscoverQuestion {
  readonly root: string
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly discoveryTimeoutMs: number
  readonly note?: ((text: string) => void) | undefined
}

/** What a runner found; throws `RUNNER_FAILED` where it throws, answers too late, or with something else. */
export async function discoverTasks(runner: Runner, question: DiscoverQuestion): Promise<Discovery> {
  const { root, clock, note, discoveryTimeoutMs: limitMs } = question
  const tooLate = new AbortController()
  const signal = AbortSignal.any([question.signal, tooLate.signal])
  const cancelNote = clock.after(tellAfterMs, () => note?.(`still discovering with ${runner.name}`))
  const what = `runner ${runner.name} to find its tests`
  try {
    const found: unknown = await answerWithin((async () => runner.discover({ root, select: [], signal }))(), {
      clock,
      limitMs,
      what,
      code: 'RUNNER_FAILED',
      remedy: 'Run the runner by itself to see what it waits for, or raise discoveryTimeoutMs.',
    })
    if (isDiscovery(found)) return found
    throw new MusterError('RUNNER_FAILED', {
      expected: `runner ${runner.name} to give back { tasks: [...] } from discover, with lists of groups and warnings if any`,
      got: show(found),
      remedy: 'Mend the runner.',
    })
  } catch (cause) {
    tooLate.abort()
    if (isMusterError(cause)) throw cause
    throw new MusterError('RUNNER_FAILED', { expected: what, got: nameAndMessageOf(cause), cause })
  } finally {
    cancelNote()
  }
}

/** The tasks themselves are checked with the graph. */
function isDiscovery(found: unknown): found is Discovery {
  if (typeof found !== 'object' || found === null || !('tasks' in found) || !Array.isArray(found.tasks)) return false
  const { groups, warnings } = { groups: undefined, warnings: undefined, ...found }
  return isListOrAbsent(groups) && isListOrAbsent(warnings)
}

function isListOrAbsent(value: unknown): boolean {
  return value === undefined || Array.isArray(value)
}

function show(found: unknown): string {
  if (Array.isArray(found)) return `a list of ${found.length}`
  if (typeof found === 'object' && found !== null)
    return `an object with ${Object.keys(found).join(', ') || 'nothing in it'}`
  return typeof found === 'string' ? JSON.stringify(found) : `${String(found)} (${typeof found})`
}

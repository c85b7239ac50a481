// Fetches the stored details of a run's attempts, for its report.
import { MusterError } from '../errors/muster-error.ts'
import type { AttemptDetails } from '../model/outcome.ts'
import type { RunState } from '../run/run-state.ts'

/**
 * Details by name, of every attempt that has some. Where `giveUp` is handed in, it is told what could not be read, and what was
 * found until then is given back: a report without some details is better than none.
 */
export async function readDetails(
  { attempts }: RunState,
  read: (name: string) => Promise<string | undefined>,
  giveUp?: (error: unknown) => void,
): Promise<ReadonlyMap<string, AttemptDetails>> {
  const found = new Map<string, AttemptDetails>()
  for (let row = 0; row < attempts.length; row++) {
    if (attempts.isPlainPass(row)) continue
    const ending = attempts.ending(row)
    const name = ending?.kind === 'ended' ? ending.outcome.details : undefined
    if (name === undefined || found.has(name)) continue
    try {
      const text = await read(name)
      if (text !== undefined) found.set(name, parseDetails(text, name))
    } catch (error) {
      if (giveUp === undefined) throw error
      giveUp(error)
      return found
    }
  }
  return found
}

function parseDetails(text: string, name: string): AttemptDetails {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new MusterError('STORE_CORRUPT', {
      expected: `details ${name} to be JSON`,
      got: `${text.slice(0, 40)}…`,
      cause,
    })
  }
  if (isDetails(parsed)) return parsed
  throw new MusterError('STORE_CORRUPT', { expected: `details ${name} to hold cases`, got: `${text.slice(0, 40)}…` })
}

function isDetails(value: unknown): value is AttemptDetails {
  return typeof value === 'object' && value !== null && Array.isArray(Reflect.get(value, 'cases'))
}

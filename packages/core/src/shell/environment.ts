// The environment of processes that run attempts: an allow-list, so that a secret of the coordinator's shell does not reach
// a test by accident, plus the markers by which every process of a run is found again.
import type { AttemptRef } from '../model/attempt.ts'
import type { AttemptFolders } from '../ports/engine.ts'
import { attemptLabel } from '../model/attempt.ts'

/** What tests get to see of the environment. */
export interface EnvironmentOptions {
  /** Names to hand on besides the usual ones; a name that ends in `*` stands for all that begin so. @defaultValue none */
  readonly allow?: readonly string[] | undefined
  /** Values to set, whatever the environment says. @defaultValue none */
  readonly set?: Readonly<Record<string, string>> | undefined
}

/** Handed on wherever they are set. */
const usualNames: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TZ', 'CI', 'NODE_OPTIONS'],
  ...['LANG', 'LANGUAGE', 'LC_*', 'TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'TMPDIR', 'TMP', 'TEMP'],
]

/** Names of the markers. A process that carries them belongs to the run, its owner, the slot and the attempt that they name. */
export const marker = {
  run: 'MUSTER_RUN',
  root: 'MUSTER_ROOT',
  epoch: 'MUSTER_EPOCH',
  slot: 'MUSTER_SLOT',
  attempt: 'MUSTER_ATTEMPT',
} as const

/** The allowed part of `from`, with the values that are set. */
export function allowedEnvironment(
  from: Readonly<Record<string, string | undefined>>,
  options: EnvironmentOptions,
): Record<string, string> {
  const names = [...usualNames, ...(options.allow ?? [])]
  const exact = new Set(names.filter((name) => !name.endsWith('*')))
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))
  const allowed: Record<string, string> = {}
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined) continue
    if (exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) allowed[name] = value
  }
  return { ...allowed, ...options.set }
}

/** The environment for the processes that one attempt starts. */
export function attemptEnvironment(
  base: Readonly<Record<string, string>>,
  attempt: AttemptRef,
): Readonly<Record<string, string>> {
  return { ...base, [marker.run]: attempt.run, [marker.attempt]: attemptLabel(attempt) }
}

/** Names by which the processes of an attempt find its folders. */
export function folderVariables(folders: AttemptFolders | undefined): Readonly<Record<string, string>> {
  if (folders === undefined) return {}
  const { artifactsDir, inputsDir } = folders
  return { MUSTER_ARTIFACTS: artifactsDir, ...(inputsDir === undefined ? {} : { MUSTER_INPUTS: inputsDir }) }
}

/** Tells a process, and whatever it starts, to use nothing that was compiled or transformed before; runners of your own read the second. */
export const noCache = { NODE_DISABLE_COMPILE_CACHE: '1', MUSTER_CACHE: 'off' } as const

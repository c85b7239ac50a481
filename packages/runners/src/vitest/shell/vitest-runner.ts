// Finds the test files of a Vitest project as Vitest itself would: one file, or the lines of it that were asked for, becomes
// one task.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MusterError, parseOptions } from '@muster/core'
import type { DiscoverRequest, Discovery, Runner, TaskDefinition } from '@muster/core'
import { runProcess, type ProcessEnding } from '@muster/core/process'
import picomatch from 'picomatch'
import { fileSize } from '../../files/shell/file-size.ts'
import { relativeFile } from '../../files/shell/relative-file.ts'
import { selectionOf } from '../../files/selection.ts'
import { TextTail } from '../../outcome/text-tail.ts'
import { moduleOf } from '../../package/shell/module-of.ts'
import { type FoundByVitest, type FoundFile, type FoundFiles, readFoundFiles } from '../found-files.ts'
import { plainText } from '../plain-text.ts'
import { vitestOptions, type ParsedVitestOptions, type VitestOptions } from '../vitest-options.ts'
import { vitestTaskId, type VitestPayload, type VitestSetup } from '../vitest-payload.ts'
import { SearchCache } from './search-cache.ts'

/**
 * Runs the tests of a Vitest project, version 4 or 5, with the project's own Vitest and configuration: one file a task, kept
 * warm between tasks, every case told as it ends.
 *
 * @example
 * ```ts
 * vitest() // what `vitest run` would run in the root
 * vitest({ root: 'packages/web', project: 'unit' })
 * ```
 */
export function vitest(options: VitestOptions = {}): Runner {
  return vitestFoundBy(options, search)
}

/** As {@link vitest}, asking through `find`. */
export function vitestFoundBy(options: VitestOptions, find: typeof search): Runner {
  const parsed = parseOptions(vitestOptions, options, 'options of the Vitest runner')
  const { name, root, config, project } = parsed
  const setup: VitestSetup = { kind: name, root, project, ...(config === undefined ? {} : { config }) }
  return {
    name,
    discover: async (request) => tasksOf(parsed, await find(setup, request), request),
    executor: { module: moduleOf(import.meta.url, 'vitest/shell/executor'), options: setup },
  }
}

/** What Vitest found, and what a person should know of how it was found. */
export interface VitestSearch {
  readonly found: FoundByVitest
  readonly warnings: readonly string[]
}

function tasksOf(options: ParsedVitestOptions, { found, warnings }: VitestSearch, request: DiscoverRequest): Discovery {
  const { files, projects } = found
  const selection = selectionOf(request.select)
  const isExcluded = picomatch([...options.exclude], { dot: true })
  const payloads = files
    .map((file) => payloadOf(file, request.root, options))
    .filter(({ file }) => selection.has(file) && !isExcluded(file))
    .map((payload): VitestPayload => {
      const lines = selection.linesOf(payload.file)
      return lines === undefined ? payload : { ...payload, lines }
    })
  const tasks = payloads.map((payload): TaskDefinition<VitestPayload> => ({
    id: vitestTaskId(payload, projects > 1),
    kind: options.name,
    file: payload.file,
    sizeBytes: fileSize(resolve(request.root, payload.file)),
    payload,
    ...(projects > 1 ? { tags: [payload.project] } : {}),
  }))
  return { tasks: tasks.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)), warnings }
}

function payloadOf(
  { path, project, pool }: FoundFile,
  root: string,
  { namePattern }: ParsedVitestOptions,
): VitestPayload {
  const file = relativeFile(root, path)
  return { file, project, pool, ...(namePattern === undefined ? {} : { namePattern }) }
}

/** A file system may count time more coarsely than we do: by ticks of the kernel, 10 ms at most; the rest is spare. */
const coarsestTickMs = 50

/** Asks Vitest, or gives what it answered before where everything that it rests on is as it was. */
export async function search(setup: VitestSetup, request: DiscoverRequest): Promise<VitestSearch> {
  const { root, signal, cacheDir } = request
  signal.throwIfAborted()
  const env = outsideOfVitest(process.env)
  if (cacheDir === undefined) return { found: await askVitest(setup, request, env), warnings: [] }
  const cache = new SearchCache({ cacheDir, root, setup, env, startedAtMs: Date.now() - coarsestTickMs })
  const kept = cache.read()
  if (kept.kind === 'kept') return { found: kept.answer, warnings: [] }
  const found = await askVitest(setup, request, env)
  const damaged = `${setup.kind}: what was kept of an earlier search in ${cacheDir} is damaged or of another version; it was left aside.`
  return { found, warnings: [...(kept.kind === 'damaged' ? [damaged] : []), ...keeping(cache, found, setup)] }
}

/** A search that cannot be kept is a good one all the same. */
function keeping(cache: SearchCache, found: FoundByVitest, { kind }: VitestSetup): readonly string[] {
  try {
    cache.keep(found)
    return []
  } catch (error) {
    return [
      `${kind}: what was found could not be kept for the next time: ${error instanceof Error ? error.message : String(error)}`,
    ]
  }
}

async function askVitest(
  setup: VitestSetup,
  { root, signal }: DiscoverRequest,
  env: Readonly<Record<string, string>>,
): Promise<FoundByVitest> {
  const printed = new TextTail()
  const answers: FoundFiles[] = []
  const ending = await runProcess({
    argv: [process.execPath, fileURLToPath(moduleOf(import.meta.url, 'vitest/shell/find-files'))],
    cwd: resolve(root, setup.root),
    env,
    // Whoever asks says how long it may take.
    signal,
    input: JSON.stringify({ root, setup }),
    onOutput: (_stream, text) => printed.add(text),
    extraFd: (line) => {
      const answer = readFoundFiles(line)
      if (answer !== undefined) answers.push(answer)
    },
  })
  signal.throwIfAborted()
  const [answer] = answers
  switch (answer?.kind) {
    case 'found':
      return answer
    case 'missing':
      throw new MusterError('RUNNER_MISSING', answer)
    case 'failed':
      throw runnerFailed(plainText(answer.message))
    case undefined:
      throw runnerFailed(`${endingInWords(ending)}. ${plainText(printed.text).trim().slice(-1000)}`)
  }
}

function runnerFailed(got: string): MusterError {
  return new MusterError('RUNNER_FAILED', {
    expected: 'Vitest to list the test files of the project',
    got,
    remedy: 'Run `npx vitest list --filesOnly` to see its own message.',
  })
}

/** Node's exit code where a module waits for what cannot come any more. */
const neverSettledCode = 13

function endingInWords(ending: ProcessEnding): string {
  switch (ending.kind) {
    case 'exited':
      return ending.code === neverSettledCode
        ? 'an `await` in its configuration that nothing is left to settle'
        : `an end with exit code ${ending.code} and no answer`
    case 'signalled':
      return `an end by ${ending.signal} and no answer`
    case 'not-started':
      return `a process that could not be started: ${ending.error.message}`
  }
}

/** What a Vitest around us has set would make the one we ask believe that it is a worker. */
function outsideOfVitest(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^VITEST(_|$)/.test(name)) kept[name] = value
  }
  return kept
}

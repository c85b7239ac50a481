// Which runners a project has: those that its configuration names, or those that are found in it.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { isAbsolute, join } from 'node:path/posix'
import {
  type Discovery,
  type DiscoverRequest,
  globProblem,
  isMusterError,
  MusterError,
  type Runner,
  type TaskDefinition,
} from '@muster/core'
import type { ConfiguredTask, MusterConfig, NamedRunner } from '../config/config.ts'
import { listOf, retryOf } from '../config/apply-rules.ts'
import { configNames } from './load-config.ts'
import type { Project } from './open-project.ts'
import { orNeverSettled } from './or-never-settled.ts'
import { orTooLate } from './or-too-late.ts'

/** The runners with how they came to be used. */
export interface FoundRunners {
  readonly runners: readonly Runner[]
  /** For people: `vitest (vitest.config.ts), node`. */
  readonly description: string
}

/** Finds the runners of a project. Throws `NO_RUNNER_FOUND` where there is nothing at all to run. */
export async function findRunners({ root, config, configPath }: Project): Promise<FoundRunners> {
  const written = await writtenTasks(config)
  const runners = config.runners === undefined ? await detected(root) : await configured(config.runners)
  const all = [...runners.map(({ runner }) => runner), ...written]
  checkNames(all)
  if (all.length === 0) throw nothingFound(root, configPath)
  const words = [
    ...runners.map(({ words: each }) => each),
    ...(written.length > 0 ? ['tasks of the configuration'] : []),
  ]
  return { runners: all, description: words.join(', ') }
}

interface Described {
  readonly runner: Runner
  readonly words: string
}

async function detected(root: string): Promise<readonly Described[]> {
  const { detectRunners } = await import('@muster/runners/detect')
  const found = await detectRunners(root)
  return found.map(({ runner, because }) => ({ runner, words: `${runner.name} (${because})` }))
}

async function configured(given: NonNullable<MusterConfig['runners']>): Promise<readonly Described[]> {
  const runners = await Promise.all(given.map(runnerOf))
  return runners.map((runner) => ({ runner, words: runner.name }))
}

async function runnerOf(given: string | NamedRunner | Runner): Promise<Runner> {
  if (isRunner(given)) return given
  const { runner: name, ...options } = typeof given === 'string' ? { runner: given } : given
  switch (name) {
    case 'vitest':
      return (await import('@muster/runners/vitest')).vitest(options)
    case 'node':
      return (await import('@muster/runners/node')).nodeTest(options)
    case 'command':
      return (await import('@muster/runners/command')).command(options)
    default:
      throw new MusterError('OPTIONS_INVALID', { expected: 'a runner: vitest, node or command', got: name })
  }
}

function isRunner(given: string | NamedRunner | Runner): given is Runner {
  return typeof given === 'object' && 'discover' in given && typeof given.discover === 'function'
}

async function writtenTasks({ tasks = [] }: MusterConfig): Promise<readonly Runner[]> {
  if (tasks.length === 0) return []
  const { command } = await import('@muster/runners/command')
  return [command({ tasks: tasks.map(commandTask) })]
}

function commandTask({ retry, artifacts, inputs, ...task }: ConfiguredTask): Omit<TaskDefinition, 'kind' | 'payload'> {
  return {
    ...task,
    ...(retry === undefined ? {} : { retry: retryOf(retry) }),
    ...(artifacts === undefined ? {} : { artifacts: below(task.cwd, artifacts) }),
    ...(inputs === undefined ? {} : { inputs: below(task.cwd, inputs) }),
  }
}

/** Globs of a working folder, relative to the root. What leads out of it is left as it is, for the graph to refuse. */
function below(cwd: string | undefined, globs: string | readonly string[]): readonly string[] {
  const isBelow = cwd !== undefined && !isAbsolute(cwd)
  return listOf(globs).map((glob) => (isBelow && globProblem(glob) === undefined ? join(cwd, glob) : glob))
}

function checkNames(runners: readonly Runner[]): void {
  const names = runners.map(({ name }) => name)
  const doubled = names.find((name, at) => names.indexOf(name) !== at)
  if (doubled === undefined) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: 'runners with different names',
    got: `two named ${JSON.stringify(doubled)}`,
    remedy: 'Give one of them a `name` of its own; the tasks of a configuration are run by one named "command".',
  })
}

function nothingFound(root: string, configPath: string | undefined): MusterError {
  return new MusterError('NO_RUNNER_FOUND', {
    expected: `Vitest or files of node:test in ${root}, or tasks in a configuration`,
    got: configPath === undefined ? 'neither, and no muster.config.*' : `neither, and no tasks in ${configPath}`,
    remedy:
      projectAbove(root) ??
      'Install Vitest (`npm install --save-dev vitest`), write a file such as `a.test.mjs`, or write tasks into a muster.config.ts (`muster init` makes one).',
  })
}

/** What to do in a folder of a project: to name the project. */
function projectAbove(root: string): string | undefined {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder)) {
    if (['package.json', ...configNames].some((name) => existsSync(resolve(folder, name)))) {
      return `${root} lies in the project ${folder}: go there, or add \`--root ${relative(process.cwd(), folder)}\`.`
    }
  }
  return undefined
}

/** How long a search may go on before it is said that there is one, in milliseconds. */
const quietMs = 2000

/** What runners are asked, and how long they may take. */
export interface Search extends DiscoverRequest {
  /** Time for each of them, in milliseconds. */
  readonly limitMs: number
  /** Is told of a search that takes long. */
  readonly say: (line: string) => void
}

/**
 * Asks every runner for its tasks. Throws `RUNNER_FAILED` with the name of one that throws, takes too long, or never answers:
 * it may be the user's own.
 */
export async function discoverAll(runners: readonly Runner[], search: Search): Promise<Discovery> {
  const { limitMs, say, ...asked } = search
  const searching = new Set(runners.map(({ name }) => name))
  const patience = setTimeout(() => {
    say(`finding tests with ${[...searching].join(', ')}…`)
  }, quietMs)
  // It must not keep a process alive in which nothing else happens.
  patience.unref()
  const over = new AbortController()
  const request = { ...asked, signal: AbortSignal.any([asked.signal, over.signal]) }
  try {
    const found = await Promise.all(
      runners.map(async (runner) => {
        const discovery = await orTooLate(discover(runner, request), limitMs, () => tooLate(runner, limitMs))
        searching.delete(runner.name)
        return discovery
      }),
    )
    return {
      tasks: found.flatMap(({ tasks }) => tasks),
      groups: found.flatMap(({ groups = [] }) => groups),
      warnings: found.flatMap(({ warnings = [] }) => warnings),
    }
  } catch (error) {
    // Nobody wants the answers of the others any more.
    over.abort(error)
    throw error
  } finally {
    clearTimeout(patience)
  }
}

async function discover(runner: Runner, request: DiscoverRequest): Promise<Discovery> {
  try {
    return await orNeverSettled(runner.discover(request), () => neverFound(runner))
  } catch (cause) {
    if (isMusterError(cause) || request.signal.aborted) throw cause
    throw new MusterError('RUNNER_FAILED', {
      expected: `runner ${runner.name} to find its tests`,
      got: cause instanceof Error ? (cause.stack ?? cause.message).split('\n').slice(0, 2).join('\n') : String(cause),
      cause,
    })
  }
}

function neverFound({ name }: Runner): MusterError {
  return new MusterError('RUNNER_FAILED', {
    expected: `runner ${name} to find its tests`,
    got: 'a promise from its `discover` that nothing is left to settle',
    remedy: 'Let every way through `discover` return, throw, or wait for something that comes.',
  })
}

function tooLate({ name }: Runner, limitMs: number): MusterError {
  return new MusterError('RUNNER_FAILED', {
    expected: `runner ${name} to find its tests`,
    got: `no answer for ${String(limitMs)} ms: it, or a configuration that it reads, waits for something or is slow`,
    remedy: 'Run the runner by itself to see what it waits for, or raise `discoveryTimeoutMs` in the configuration.',
  })
}

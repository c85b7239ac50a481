// One instance of Vitest, kept warm, that runs one file after the other. Runs must not overlap: Vitest would put them in a
// line anyway and give both the state of both.
import { resolve } from 'node:path'
import type { CaseName, ExecutionContext, LostProcess, Outcome } from '@muster/core'
import { asVitestError } from '../failure-of-error.ts'
import { isLostWorker } from '../lost-worker.ts'
import { failureOfStop, stopOf } from '../../outcome/stop.ts'
import { LaneAttempt, type Round } from '../lane-attempt.ts'
import type { Vitest, VitestCase, VitestFilter, VitestProject } from '../vitest-api.ts'
import type { VitestPayload, VitestSetup } from '../vitest-payload.ts'
import { Overtime } from '../../outcome/shell/overtime.ts'
import { compileCache } from './compile-cache.ts'
import { openVitest, vitestRoot, type VitestListener } from './open-vitest.ts'
import { RunStop } from './run-stop.ts'
import { watchStall } from './watch-stall.ts'
import { takeLeftTrace, TraceFile } from './trace-file.ts'
import { waitUntilGone, waitUntilOver } from './wait-until-gone.ts'

/** How long a worker that has run its file may take to leave, in milliseconds. */
const longestLeaveMs = 1000

/** What of a file is run. */
export interface LaneRun {
  /** Only these of its cases. @defaultValue all */
  readonly cases?: readonly CaseName[] | undefined
  /** The process that had the attempt before. @defaultValue it begins here */
  readonly lost?: LostProcess | undefined
}

/** A warm Vitest for one project. */
export class VitestLane {
  readonly #vitest: Vitest
  readonly #trace: TraceFile
  readonly #listener: SwitchedListener
  #last: Promise<unknown> = Promise.resolve()
  /** Until the kernel has taken the workers of the last file away. */
  #leaving: Promise<void> = Promise.resolve()
  #isSpent = false

  private constructor(vitest: Vitest, trace: TraceFile, listener: SwitchedListener) {
    this.#vitest = vitest
    this.#trace = trace
    this.#listener = listener
  }

  static async open(root: string, setup: VitestSetup): Promise<VitestLane> {
    enterFolder(vitestRoot(root, setup))
    const listener = new SwitchedListener()
    const vitest = await openVitest(root, setup, listener)
    const trace = new TraceFile()
    trace.install(vitest)
    return new VitestLane(vitest, trace, listener)
  }

  /** Whether a run was cancelled: Vitest does not reliably run anything after that. */
  get isSpent(): boolean {
    return this.#isSpent
  }

  /** Runs one file, or a part of it, after whatever runs now. */
  run(payload: VitestPayload, context: ExecutionContext, how: LaneRun = {}): Promise<Outcome> {
    const mine = this.#last.then(() => this.#run(payload, context, how))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async close(): Promise<void> {
    await this.#last
    // First: whoever ends us may not wait for Vitest.
    this.#trace.remove()
    await this.#vitest.close()
  }

  async #run(payload: VitestPayload, context: ExecutionContext, { cases, lost }: LaneRun): Promise<Outcome> {
    const early = stopOf(context.signal)
    if (early !== undefined && lost === undefined)
      return { result: early, durationMs: 0, failure: failureOfStop(early, payload.file, []) }
    const project = this.#projectOf(payload.project)
    const attempt = new LaneAttempt(payload, context, cases)
    // Vitest says by the exit code of this process that tests failed, which is not how it is told here.
    const { exitCode } = process
    mark(project, context.env)
    using overtime = new Overtime(context.signal)
    using stop = new RunStop({
      signal: context.signal,
      overtime,
      pids: () => this.#workers(),
      cancel: () => {
        this.#isSpent = true
        attempt.onCancel()
        void this.#vitest.cancelCurrentRun('keyboard-input')
      },
    })
    using _watch = watchStall({
      trace: () => this.#trace.read(),
      hookTimeoutMs: project.config.hookTimeout ?? 0,
      end: (limitMs) => stop.endStalled(limitMs),
    })
    const round = async (filter: VitestFilter): Promise<Round> => ({
      ...(await this.#round(project, attempt, filter)),
      ...stop.take(),
    })
    this.#listener.current = attempt
    try {
      // Ports and memory that they hold are given back before this file can ask for the same.
      await this.#leaving
      this.#trace.clear()
      context.remember({ trace: this.#trace.path })
      let filter = lost === undefined ? attempt.filter : this.#takeUp(attempt, lost)
      while (filter !== undefined && attempt.took(await round(filter), () => this.#trace.read())) filter = attempt.rest
      const outcome = attempt.judge(this.#vitest.config)
      const workers = this.#workers()
      await waitUntilOver(workers, longestLeaveMs)
      this.#leaving = waitUntilGone(workers, longestLeaveMs)
      return outcome
    } finally {
      this.#listener.current = undefined
      process.exitCode = exitCode
    }
  }

  #takeUp(attempt: LaneAttempt, lost: LostProcess): VitestFilter | undefined {
    const left = takeLeftTrace(lost.remembered)
    if (left !== undefined) this.#trace.declare(left.declared)
    return attempt.takeUp(lost, left)
  }

  async #round(
    project: VitestProject,
    { payload, context }: LaneAttempt,
    filter: VitestFilter,
  ): Promise<Omit<Round, 'stop' | 'stalledMs'>> {
    this.#trace.begin()
    const path = resolve(context.root, payload.file).replaceAll('\\', '/')
    const specification = project.createSpecification(path, filter, payload.pool)
    const { unhandledErrors } = await this.#vitest.runTestSpecifications([specification], false)
    const errors = unhandledErrors.map(asVitestError)
    return {
      specification,
      unhandled: errors.filter((error) => !isLostWorker(error)),
      lost: errors.filter(isLostWorker),
      endedAtMs: performance.timeOrigin + performance.now(),
    }
  }

  /** Processes that ran the tests of the last round; threads of our own process are none. */
  #workers(): readonly number[] {
    return this.#trace.read().pids.filter((pid) => pid !== process.pid)
  }

  #projectOf(name: string): VitestProject {
    const found = this.#vitest.projects.find((project) => project.name === name)
    if (found === undefined) throw new Error(`Vitest no longer has a project called ${JSON.stringify(name)}.`)
    return found
  }
}

/** Vitest is given its reporter once; the attempt behind it changes. */
class SwitchedListener implements VitestListener {
  current: LaneAttempt | undefined

  readonly reporter = {
    onUserConsoleLog: ({ content, type }: { readonly content: string; readonly type: 'stdout' | 'stderr' }): void =>
      this.current?.onText(content, type),
    onTestCaseResult: (test: VitestCase): void => this.current?.onCase(test),
  }

  print(text: string, stream: 'stdout' | 'stderr'): void {
    this.current?.onText(text, stream)
  }
}

/**
 * Hands the markers of the attempt to the workers, through the project and not through our own environment: what Vite and
 * Vitest start for themselves must outlive the attempt. Workers are started anew for each run, isolated or not.
 */
function mark({ config }: VitestProject, env: Readonly<Record<string, string>>): void {
  const markers = Object.entries(env).filter(([name]) => name.startsWith('MUSTER_'))
  config.env = { ...compileCache(process.env), ...config.env, ...Object.fromEntries(markers) }
}

/** Tests expect to be started in the folder of their project; a thread cannot change its folder and leaves it. */
function enterFolder(folder: string): void {
  try {
    process.chdir(folder)
  } catch {
    // Then they see the folder of the process, as under any other runner in a thread.
  }
}

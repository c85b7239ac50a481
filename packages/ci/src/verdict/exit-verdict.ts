// From a report to the exit code of a build, with the sentence that explains it. Nothing that ran is never success, and a
// stricter build may say the same of flaky tasks.
import { exitCodes, type ExitVerdict, type RunReport } from '@muster/core'
import { exitSentence } from '@muster/reports'

/** How strict a build is. */
export interface ExitOptions {
  /** Whether a task that passed only after a retry fails the build. @defaultValue `false`: it passes, and is named */
  readonly failOnFlaky?: boolean | undefined
}

/** How a build ends. */
export interface BuildExit {
  readonly exit: ExitVerdict
  readonly exitCode: number
  /** Why, in one sentence. */
  readonly sentence: string
}

/**
 * How a build ends with this report.
 *
 * @example
 * ```ts
 * const { exitCode, sentence } = exitVerdict(await run.report, { failOnFlaky: true })
 * ```
 */
export function exitVerdict(report: Pick<RunReport, 'exit' | 'totals'>, options: ExitOptions = {}): BuildExit {
  const { flaky } = report.totals
  if (report.exit === 'passed' && flaky > 0 && options.failOnFlaky === true) {
    const tasks = flaky === 1 ? '1 task' : `${flaky} tasks`
    return {
      exit: 'failed',
      exitCode: exitCodes.failed,
      sentence: `${tasks} passed only after a retry, and flaky tasks fail this build.`,
    }
  }
  return { exit: report.exit, exitCode: exitCodes[report.exit], sentence: exitSentence(report) }
}

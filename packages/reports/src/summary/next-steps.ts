// What a person types next. Every form of a report ends with it, so it is worked out once.
import type { RunReport, VerdictKind } from '@muster/core'
import { plainLine } from '../text/plain-text.ts'

/** A command, and what it is for. */
export interface NextStep {
  readonly command: string
  readonly what: string
}

/** Characters of one command at most; a longer one is none that anybody copies. */
const longestCommand = 600

/** Commands that help with what became of the run, most useful first. `command` is how the command line is called. */
export function nextSteps(
  report: Pick<RunReport, 'run' | 'exit' | 'tasks' | 'totals'>,
  command: string,
): readonly NextStep[] {
  const steps: NextStep[] = []
  const say = (words: string, what: string): void => void steps.push({ command: `${command} ${words}`, what })
  const stuck = report.tasks.find(({ verdict }) => verdict?.kind === 'unplaceable')
  const failed = report.tasks.filter(({ verdict }) => isFailure(verdict?.kind))
  const [first] = failed
  if (report.exit === 'interrupted') say(`resume ${report.run}`, 'goes on where this run stopped')
  if (report.exit === 'nothing-ran') say('plan', 'shows what would run, and why')
  if (stuck !== undefined) say(`explain ${argument(stuck.id)}`, 'says what no worker offers')
  if (first !== undefined) say(`explain ${argument(first.id)}`, 'tells the whole story of the first failure')
  const again = `run ${failed.map(({ id }) => argument(id)).join(' ')}`
  if (failed.length > 0 && again.length <= longestCommand) say(again, 'runs only what failed')
  if (report.totals.flaky > 0) say('history', 'shows how often the flaky ones failed before')
  return steps
}

/** What a report lists as failed, whatever kept it from passing. */
function isFailure(kind: VerdictKind | undefined): boolean {
  return kind === 'failed' || kind === 'timed-out' || kind === 'poisoned' || kind === 'unplaceable'
}

function argument(id: string): string {
  return /^[\w./@:+-]+$/.test(id) ? id : `'${plainLine(id).replaceAll("'", `'\\''`)}'`
}

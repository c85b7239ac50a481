// Failures by cause, for a person: the sentence first, then each cause with how much of the run it took and where to look. The
// closing summary of a run shows the largest of them, `muster failures` all.
import type { Failure, FailureGroup, FailureGroups, RunReport } from '@muster/core'
import { groupText } from '@muster/reports'
import { judgementLine, judgementLines } from '../board/judgement.ts'
import { countText } from '../terminal/count-text.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** Causes shown at the end of a run. */
const mostInSummary = 5
/** Characters of a title or message in one line. */
const longestText = 160
/** Characters of a name where several stand in one line. */
const longestName = 60

/** What is told of the failures beside their groups. */
export interface GroupDetail {
  /** The report that they are from: it knows how each was judged. */
  readonly tasks: RunReport['tasks']
  /** Whether all evidence is shown. */
  readonly isWhole?: boolean | undefined
}

/**
 * What the closing summary says of causes; nothing where each of several failures is a cause of its own, since the list of
 * failures above says that already.
 */
export function groupSummary(found: FailureGroups, look: Look, detail: GroupDetail = { tasks: [] }): readonly string[] {
  const { failures, groups, sentence } = found
  const tellsMore = groups.some(
    ({ failures: held, kind, standing }) => held > 1 || kind === 'worker' || standing === 'regressed',
  )
  if (failures === 0 || (groups.length > 1 && !tellsMore)) return []
  const shown = groups.slice(0, mostInSummary)
  const more = groups.length - shown.length
  return [
    look.paint('bold', oneLine(sentence)),
    ...shown.flatMap((group) => [headLine(group, look), ...judgedLine(group, look, detail)]),
    ...(more > 0 ? [look.paint('dim', `  and ${String(more)} more; muster failures shows all.`)] : []),
  ]
}

/** All causes, each with where to look. */
export function renderGroups(
  { groups, sentence }: FailureGroups,
  look: Look,
  detail: GroupDetail = { tasks: [] },
): readonly string[] {
  return [look.paint('bold', oneLine(sentence)), ...groups.flatMap((group) => ['', ...groupLines(group, look, detail)])]
}

function groupLines(group: FailureGroup, look: Look, detail: GroupDetail): readonly string[] {
  const { example, place, collateral, tests, tasks, workers, suggestion, messages } = group
  const named = tasks.slice(0, 3).map(cutName).join(', ')
  const more = tests > 3 ? ' …' : ''
  const said = cut([example.task, ...(example.path ?? [])].join(' › '))
  const others = messages.filter((message) => !isSame(message, example.message))
  const failure = failureOf(group, detail)
  const advice = suggestion === undefined ? undefined : oneLine(suggestion)
  const judged = failure === undefined ? [] : judgementLines(failure, detail.isWhole).filter((line) => line !== advice)
  const dim = (text: string): string => look.paint('dim', `     ${text}`)
  return [
    headLine(group, look),
    dim(`${kindOf(group)}${place === undefined ? '' : `, at ${cut(place)}`}`),
    ...(collateral > 0 ? [dim(`${String(collateral)} of them only followed from the first, on the same worker`)] : []),
    dim(`first: ${said}: ${cut(example.message)}`),
    ...others.slice(0, 1).map((other) => dim(`in other words as well: ${cut(other)}`)),
    dim(
      `${countText(tests, 'test')}: ${named}${more}${workers.length === 0 ? '' : `; on ${workers.map(cutName).join(', ')}`}`,
    ),
    ...judged.map((line) => dim(line)),
    ...(suggestion === undefined ? [] : [`     ${oneLine(suggestion)}`]),
  ]
}

/** How the first failure of the group was judged, in one line. */
function judgedLine(group: FailureGroup, { paint }: Look, detail: GroupDetail): readonly string[] {
  const failure = failureOf(group, detail)
  const line = failure === undefined ? undefined : judgementLine(failure)
  return line === undefined ? [] : [paint('dim', `       ${cut(line, 2 * longestText)}`)]
}

/** The failure that a group shows as its example. */
function failureOf({ example, category }: FailureGroup, { tasks }: GroupDetail): Failure | undefined {
  const isIt = (failure: Failure | undefined): failure is Failure =>
    failure?.category === category && failure.message.startsWith(example.message.replace(/…$/, ''))
  for (const { ending, details } of tasks.find(({ id }) => id === example.task)?.attempts ?? []) {
    const own = ending.kind === 'ended' ? ending.outcome.failure : undefined
    const found = [own, ...(details?.cases ?? []).map(({ failure }) => failure)].find(isIt)
    if (found !== undefined) return found
  }
  return undefined
}

function headLine(group: FailureGroup, { paint }: Look): string {
  const { title, marks } = groupText(group)
  // Tests, as everywhere; how often they were tried stands in the sentence above.
  const count = paint('red', `${String(group.tests).padStart(4)} ×`)
  return `${count} ${cut(title)}${marks.length === 0 ? '' : paint('yellow', ` (${marks.map((mark) => cut(mark, longestName)).join('; ')})`)}`
}

function kindOf({ category, code, errorName }: FailureGroup): string {
  return [category, code, errorName].filter((part) => part !== undefined).join(', ')
}

/** Messages are kept shorter than the one of the example. */
function isSame(kept: string, message: string): boolean {
  return kept === message || (kept.endsWith('…') && message.startsWith(kept.slice(0, -1)))
}

function cutName(name: string): string {
  return cut(name, longestName)
}

function cut(text: string, longest = longestText): string {
  const line = oneLine(text)
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}

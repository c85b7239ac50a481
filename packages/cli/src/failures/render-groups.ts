// Failures by cause, for a person: the sentence first, then each cause with how much of the run it took and where to look. The
// closing summary of a run shows the largest of them, `muster failures` all.
import type { FailureGroup, FailureGroups } from '@muster/core'
import { groupText } from '@muster/reports'
import { countText } from '../terminal/count-text.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** Causes shown at the end of a run. */
const mostInSummary = 5
/** Characters of a title or message in one line. */
const longestText = 160
/** Characters of a name where several stand in one line. */
const longestName = 60

/**
 * What the closing summary says of causes; nothing where every failure is a cause of its own, since the list of failures above
 * says that already.
 */
export function groupSummary(found: FailureGroups, look: Look): readonly string[] {
  const { failures, groups, sentence } = found
  const tellsMore = groups.some(
    ({ failures: held, kind, standing }) => held > 1 || kind === 'worker' || standing === 'regressed',
  )
  if (failures < 2 || !tellsMore) return []
  const shown = groups.slice(0, mostInSummary)
  const more = groups.length - shown.length
  return [
    look.paint('bold', oneLine(sentence)),
    ...shown.map((group) => headLine(group, look)),
    ...(more > 0 ? [look.paint('dim', `  and ${String(more)} more; muster failures shows all.`)] : []),
  ]
}

/** All causes, each with where to look. */
export function renderGroups({ groups, sentence }: FailureGroups, look: Look): readonly string[] {
  return [look.paint('bold', oneLine(sentence)), ...groups.flatMap((group) => ['', ...groupLines(group, look)])]
}

function groupLines(group: FailureGroup, look: Look): readonly string[] {
  const { example, place, collateral, tests, tasks, workers, suggestion, messages } = group
  const named = tasks.slice(0, 3).map(cutName).join(', ')
  const more = tests > 3 ? ' …' : ''
  const said = cut([example.task, ...(example.path ?? [])].join(' › '))
  const others = messages.filter((message) => !isSame(message, example.message))
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
    ...(suggestion === undefined ? [] : [`     ${oneLine(suggestion)}`]),
  ]
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

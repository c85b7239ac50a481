// The lines of `muster inspect`. What matters most comes first: whether the run lives and what to do, what has failed, what
// runs, and why the rest waits. Names and messages are the tests' own, so they are made plain before they are shown.
import { breakerStates, watchedBy } from '../board/hold-lines.ts'
import { timeLeftText } from '../board/time-left-text.ts'
import { truncateEnd, truncateStart } from '../terminal/fit-width.ts'
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import { type Look, signOf } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { InspectionView } from './inspection-view.ts'

/** How much is shown of each part; the rest is counted. */
const most = { failures: 10, running: 40, reasons: 8, names: 3 } as const

/** The view as lines, none wider than `columns`. */
export function renderInspection(view: InspectionView, columns: number, look: Look): readonly string[] {
  const sections = [
    head(view, columns, look),
    failures(view, columns, look),
    workers(view, columns, look),
    breakers(view, columns, look),
    waiting(view, columns, look),
  ]
  return sections.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
}

function head(view: InspectionView, columns: number, { paint, symbols }: Look): readonly string[] {
  const { run, name, totals, advice, elapsedMs, timeLeft } = view
  const title = cut(`${oneLine(name)} ${symbols.dot} ${run}`, columns)
  const judged = totals.tasks - totals.open
  const counts = [
    `${String(judged)} of ${countText(totals.tasks, 'task')} done`,
    `${formatDuration(elapsedMs)} of run time`,
  ]
  if (view.situation === 'live' && timeLeft.kind === 'range') counts.push(timeLeftText(timeLeft))
  const isFine = (view.situation === 'live' && view.isStopped !== true) || view.situation === 'finished'
  return [
    paint('bold', title),
    paint(isFine ? 'green' : 'yellow', cut(sentence(view), columns)),
    cut(counts.join(` ${symbols.dot} `), columns),
    ...(advice === undefined ? [] : [cut(advice, columns)]),
  ]
}

function sentence({ situation, isStopped, phase, owner, quietMs }: InspectionView): string {
  const who = owner === undefined ? '' : ` (${oneLine(owner)})`
  switch (situation) {
    case 'live':
      if (isStopped === true)
        return `Stopped, by Ctrl-Z say: its owner${who} lives. Last recorded ${formatDuration(quietMs)} ago.`
      if (phase === 'paused') return `Paused; its owner lives${who}.`
      if (phase === 'draining') return `Ending: what runs may end, nothing more is started${who}.`
      return `Running${who}; last recorded ${formatDuration(quietMs)} ago.`
    case 'abandoned':
      return `Not running: its owner${who} is not alive. Last recorded ${formatDuration(quietMs)} ago.`
    case 'interrupted':
      return `Interrupted ${formatDuration(quietMs)} ago; tasks without a verdict are open.`
    case 'finished':
      return `Finished ${formatDuration(quietMs)} ago.`
  }
}

function failures({ failures: failed, situation }: InspectionView, columns: number, look: Look): readonly string[] {
  if (failed.length === 0) return []
  const lines = failed.slice(0, most.failures).flatMap(({ task, verdict, message }) => {
    const { symbol, colour } = signOf(verdict, look)
    const name = `${look.paint(colour, symbol)} ${truncateStart(oneLine(task), Math.max(1, columns - 4))}`
    return [
      `  ${name}`,
      ...(message === undefined ? [] : [look.paint('dim', cut(`      ${oneLine(message)}`, columns))]),
    ]
  })
  return [
    look.paint(
      'bold',
      cut(`${situation === 'finished' ? 'Did not pass' : 'Did not pass so far'} (${String(failed.length)})`, columns),
    ),
    ...lines,
    ...rest(failed.length, most.failures),
  ]
}

function workers({ workers: all, situation }: InspectionView, columns: number, look: Look): readonly string[] {
  if (situation === 'finished') return []
  const lines: string[] = []
  let shown = 0
  let running = 0
  for (const { id, host, slots, running: attempts, quarantine } of all) {
    const where = host === undefined || host === id ? '' : ` on ${oneLine(host)}`
    // What was handed over ahead waits with its worker, and takes nothing yet.
    const waiting = attempts.filter(({ isStarted }) => !isStarted).length
    const ahead = Math.min(waiting, Math.max(0, attempts.length - slots))
    const more = ahead === 0 ? '' : `, ${String(ahead)} more handed over ahead`
    const use = `${String(attempts.length - ahead)} of ${countText(slots, 'slot')} taken${more}`
    lines.push(cut(`  ${oneLine(id)}${where}: ${use}`, columns))
    if (quarantine !== undefined) {
      const why = `    ${look.symbols.blocked} put out, is given nothing more: ${oneLine(quarantine)}`
      lines.push(look.paint('yellow', cut(why, columns)))
    }
    running += attempts.length
    for (const { task, n, forMs, isStarted } of attempts.slice(0, Math.max(0, most.running - shown))) {
      shown++
      const number = n > 1 ? `, attempt ${String(n)}` : ''
      const time = isStarted ? formatDuration(forMs) : `on its way for ${formatDuration(forMs)}`
      const tail = situation === 'live' ? `  ${time}${number}` : ''
      const name = truncateStart(oneLine(task), Math.max(8, columns - 6 - tail.length))
      lines.push(`    ${look.paint('yellow', look.symbols.running)} ${name}${look.paint('dim', cut(tail, columns))}`)
    }
  }
  if (all.length === 0) return [look.paint('dim', 'No worker takes part.')]
  const title = situation === 'live' ? 'Workers' : 'Workers, as it was left'
  return [look.paint('bold', cut(title, columns)), ...lines, ...rest(running, most.running)]
}

function breakers({ breakers: all = [] }: InspectionView, columns: number, look: Look): readonly string[] {
  if (all.length === 0) return []
  const lines = all.flatMap(({ key, state, because, openings }) => {
    const isShut = state === 'open' || state === 'half-open'
    const times = openings > 1 ? `, opened ${String(openings)} times` : ''
    const what = cut(`  ${look.symbols.blocked} ${watchedBy(key)}: ${breakerStates[state]}${times}`, columns)
    return [isShut ? look.paint('yellow', what) : what, look.paint('dim', cut(`      ${oneLine(because)}`, columns))]
  })
  return [look.paint('bold', cut('Circuit breakers', columns)), ...lines]
}

function waiting({ waiting: reasons }: InspectionView, columns: number, look: Look): readonly string[] {
  const total = reasons.reduce((sum, { tasks }) => sum + tasks.length, 0)
  if (total === 0) return []
  const lines = reasons.slice(0, most.reasons).flatMap(({ because, tasks }) => {
    const names = tasks.slice(0, most.names).map(oneLine).join(', ')
    const more = tasks.length > most.names ? ` and ${String(tasks.length - most.names)} more` : ''
    return [
      `  ${look.symbols.waiting} ${cut(oneLine(because), columns - 4)}`,
      look.paint('dim', cut(`      ${names}${more}`, columns)),
    ]
  })
  const others = reasons.length - most.reasons
  return [
    look.paint('bold', cut(`Waiting (${String(total)})`, columns)),
    ...lines,
    ...(others > 0 ? [`  … and ${countText(others, 'other reason')}`] : []),
  ]
}

function rest(all: number, shown: number): readonly string[] {
  return all > shown ? [`  … and ${String(all - shown)} more`] : []
}

function cut(text: string, columns: number): string {
  return truncateEnd(text, Math.max(1, columns))
}

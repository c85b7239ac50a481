// What a failure looks like: what happened, the difference, and folded below it where. The same in a card and in the panel of a
// case.
import { countText } from '../../text/count-text.ts'
import { durationText } from '../../text/duration-text.ts'
import { isForeign } from '../../failure/own-frame.ts'
import type { PageDiffLine, PageFailure, PageOutput } from '../report-data.ts'
import { element } from './dom.ts'
import { visible, visibleLine } from './visible-text.ts'

/** Message and difference. */
export function failureHead({ message, diff }: PageFailure): DocumentFragment {
  const made = document.createDocumentFragment()
  made.append(element('pre', { class: 'message', tabindex: '0' }, visible(message)))
  if (diff.length > 0) made.append(diffView(diff))
  return made
}

function diffView(lines: readonly PageDiffLine[]): HTMLElement {
  const count = (sign: string): number => lines.filter(([other]) => other === sign).length
  const rows = lines.map(([sign, text]) => {
    const kind = sign === '-' ? 'expected' : sign === '+' ? 'received' : 'same'
    return element(
      'div',
      { class: `diff-line ${kind}` },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, sign === '-' ? '−' : sign),
      element('span', { class: 'visually-hidden' }, kind === 'same' ? '' : `${kind}: `),
      element('code', {}, visible(text)),
    )
  })
  return element(
    'div',
    {
      class: 'diff',
      role: 'group',
      'aria-label': 'Difference between what was expected and what was received',
      tabindex: '0',
    },
    element(
      'div',
      { class: 'diff-legend' },
      element('span', { class: 'expected' }, `− expected`),
      element('span', { class: 'received' }, `+ received`),
      element(
        'span',
        { class: 'visually-hidden' },
        `${countText(count('-'), 'line')} expected, ${count('+')} received`,
      ),
    ),
    ...rows,
  )
}

/** The stack, with frames of others pale. */
export function stackView({ stack, errorName }: PageFailure): HTMLElement | undefined {
  if (stack === '') return undefined
  const lines = stack
    .split('\n')
    .map((line) => element('span', { class: isForeign(line) ? 'foreign' : 'own' }, `${visible(line)}\n`))
  return fold(
    `Stack${errorName === undefined ? '' : ` of ${visibleLine(errorName)}`}`,
    element('pre', { class: 'stack', tabindex: '0' }, ...lines),
  )
}

/** What an attempt printed, stream by stream. */
export function outputViews({ stdout, stderr }: PageOutput, of: string, isOpen = false): readonly HTMLElement[] {
  const view = (name: string, text: string | undefined): readonly HTMLElement[] =>
    text === undefined ? [] : [outputFold(`${name} ${of}`.trim(), text, isOpen)]
  return [...view('Standard error', stderr), ...view('Output', stdout)]
}

/** Open only where it is short: what is long is for those who ask for it. */
function outputFold(title: string, text: string, isOpen: boolean): HTMLElement {
  const made = fold(
    title,
    element('pre', { class: 'output', tabindex: '0' }, visible(text)),
    countText(text.split('\n').length, 'line'),
  )
  made.open = isOpen && text.length <= 1500 && text.split('\n').length <= 10
  return made
}

/** Something folded, with a word on its size. */
export function fold(title: string, content: HTMLElement, size = ''): HTMLDetailsElement {
  return element(
    'details',
    { class: 'fold' },
    element('summary', {}, title, size === '' ? undefined : element('span', { class: 'size' }, size)),
    content,
  )
}

/** What the judgement rests on. */
export function evidenceView({ fault, transient, evidence }: PageFailure): HTMLElement {
  const words = [
    ...(fault === 'unknown' ? [] : [`fault: ${fault === 'us' ? 'Muster' : fault}`]),
    ...(transient ? ['may pass when repeated'] : []),
  ]
  const rests = evidence.length === 0 ? [] : [`judged by ${evidence.map(visibleLine).join(', ')}`]
  return element('p', { class: 'evidence' }, [...words, ...rests].join(' · '))
}

/** A duration, in numerals of one width. */
export function duration(ms: number): HTMLElement {
  return element('span', { class: 'ms' }, durationText(ms))
}

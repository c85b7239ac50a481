// Planted faults in what the page works out: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { CaseSearch } from './client/case-search.ts'
import { decodeRuns } from './client/decode-runs.ts'
import { panned, zoomed } from './client/time-scale.ts'
import {
  type MakeSearch,
  runsComeBack,
  type Scaling,
  scaleStaysInRun,
  searchFindsWhatFits,
} from './laws/client-laws.ts'
import type { RunLengths } from './report-data.ts'
import { runLengths } from './run-lengths.ts'

/** A search of which each answer is spoilt in one way. */
const spoilt =
  (spoil: (answer: number[], text: string, search: CaseSearch) => readonly number[]): MakeSearch =>
  (cases) => {
    const search = new CaseSearch(cases)
    return { find: (query) => spoil(Array.from(search.find(query)), query.text, search) }
  }

const searches: Readonly<Record<string, MakeSearch>> = {
  'forgets what was found last': spoilt((answer) => answer.slice(0, -1)),
  'finds one twice': spoilt((answer) => [...answer, ...answer.slice(0, 1)]),
  'ignores what is forbidden': (cases) => {
    const search = new CaseSearch(cases)
    return { find: (query) => search.find({ ...query, text: query.text.replaceAll(/-\S+/g, '') }) }
  },
  'looks for the first word only': (cases) => {
    const search = new CaseSearch(cases)
    return { find: (query) => search.find({ ...query, text: query.text.split(' ')[0] ?? '' }) }
  },
  'ignores statuses': (cases) => {
    const search = new CaseSearch(cases)
    return { find: (query) => search.find({ ...query, statuses: new Set() }) }
  },
  'narrows what another word had found': (cases) => {
    const search = new CaseSearch(cases)
    let before: ReadonlySet<number> | undefined
    return {
      find: (query) => {
        const answer = Array.from(search.find(query)).filter((at) => before?.has(at) ?? true)
        if (query.text !== '') before = new Set(answer)
        return answer
      },
    }
  },
  'looks at every second case': spoilt((answer) => answer.filter((at) => at % 2 === 0)),
}
test.each(Object.keys(searches))('a search that %s is noticed', (fault) => {
  expect(() => {
    searchFindsWhatFits(searches[fault] ?? ((cases) => new CaseSearch(cases)))
  }).toThrow()
})

const codings: Readonly<Record<string, readonly [typeof runLengths, typeof decodeRuns]>> = {
  'counts one too few': [
    runLengths,
    (runs, length) =>
      decodeRuns(
        runs.map((value, at) => (at % 2 === 1 ? value - 1 : value)),
        length,
      ),
  ],
  'loses the last run': [runLengths, (runs, length) => decodeRuns(runs.slice(0, -2), length)],
  'begins a run for each value': [(column) => Array.from(column, (value): RunLengths => [value, 1]).flat(), decodeRuns],
  'swaps value and count': [(column) => runLengths(column).toReversed(), decodeRuns],
}
test.each(Object.keys(codings))('a coding that %s is noticed', (fault) => {
  const [encode, decode] = codings[fault] ?? [runLengths, decodeRuns]
  expect(() => {
    runsComeBack(encode, decode)
  }).toThrow()
})

const scalings: Readonly<Record<string, Scaling>> = {
  'zooms about the middle': {
    zoomed: (scale, factor, _, endMs) => zoomed(scale, factor, scale.width / 2, endMs),
    panned,
  },
  'zooms out beyond the run': {
    zoomed: (scale, factor) => ({ ...scale, toMs: scale.fromMs + (scale.toMs - scale.fromMs) / factor }),
    panned,
  },
  'moves beyond the end': {
    zoomed,
    panned: (scale, pixels, endMs) => panned(scale, pixels, endMs * 2),
  },
  'moves before the start': {
    zoomed,
    panned: (scale, pixels) => ({ ...scale, fromMs: scale.fromMs + pixels, toMs: scale.toMs + pixels }),
  },
}
test.each(Object.keys(scalings))('a scale that %s is noticed', (fault) => {
  expect(() => {
    scaleStaysInRun(scalings[fault] ?? { zoomed, panned })
  }).toThrow()
})

// Whatever a test prints, a CI service takes it for text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beforeSummary, groupedLines, harmlessLine, type LogService, logServiceOf } from './log-groups.ts'

const services: readonly LogService[] = ['github', 'gitlab', 'azure', 'teamcity', 'buildkite', 'none']
const head = { title: 'printed by a.test.ts', number: 7, unixSeconds: 1_700_000_000.5 }

/** What each service takes for an order, written down from its documentation and apart from what guards against it. */
const isOrder: Readonly<Record<LogService, (line: string) => boolean>> = {
  github: (line) => line.trimStart().startsWith('::') || line.includes('##['),
  gitlab: (line) => /section_(start|end):/.test(line),
  azure: (line) => line.includes('##[') || line.includes('##vso['),
  teamcity: (line) => line.includes('##teamcity['),
  buildkite: (line) => /^(---|\+\+\+|~~~|\^\^\^)/.test(line),
  none: () => false,
}

const hostile = fc
  .array(
    fc.constantFrom(
      ...[' ', '::', '##', '[', 'vso[', 'teamcity[', '##[', '##vso[', '##teamcity[', 'group]', '---', '+++', '~~~'],
      ...['section_start:', 'section_end:', 'endgroup::', ':', '#', 'x', '\u200B', '\u00A0', '^^^'],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

test.each(services)('no line of a test is an order to %s', (service) => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 5 }), (lines) => {
      for (const line of lines) expect(isOrder[service](harmlessLine(service, line))).toBe(false)
      const grouped = groupedLines(service, head, lines)
      expect(grouped.slice(1, 1 + lines.length).some(isOrder[service])).toBe(false)
    }),
  )
})

test('text that orders nothing stays as it is', () => {
  const lines = ['Error: a::b', '- expected', '+ received', '  at f (a.js:1:2)', '# heading', 'std::vector<int>']
  for (const service of services) expect(lines.map((line) => harmlessLine(service, line))).toEqual(lines)
})

test('each service is known by its environment', () => {
  expect(logServiceOf({ CI: 'true', GITHUB_ACTIONS: 'true' })).toBe('github')
  expect(logServiceOf({ CI: 'true', GITLAB_CI: 'true' })).toBe('gitlab')
  expect(logServiceOf({ TF_BUILD: 'True' })).toBe('azure')
  expect(logServiceOf({ TEAMCITY_VERSION: '2025.03' })).toBe('teamcity')
  expect(logServiceOf({ BUILDKITE: 'true', CI: 'true' })).toBe('buildkite')
  expect(logServiceOf({ CI: 'true' })).toBe('none')
  expect(logServiceOf({ GITHUB_ACTIONS: '' })).toBe('none')
  expect(logServiceOf({ GITHUB_ACTIONS: '0' })).toBe('none')
})

test('a group opens with its title and closes', () => {
  const grouped = (service: LogService): readonly string[] => groupedLines(service, head, ['said'])
  expect(grouped('github')).toEqual(['::group::printed by a.test.ts', 'said', '::endgroup::'])
  expect(grouped('azure')).toEqual(['##[group]printed by a.test.ts', 'said', '##[endgroup]'])
  expect(grouped('gitlab')).toEqual([
    '\u001B[0Ksection_start:1700000000:muster_7[collapsed=true]\r\u001B[0Kprinted by a.test.ts',
    'said',
    '\u001B[0Ksection_end:1700000000:muster_7\r\u001B[0K',
  ])
  expect(grouped('teamcity')).toEqual([
    `##teamcity[blockOpened name='printed by a.test.ts']`,
    'said',
    `##teamcity[blockClosed name='printed by a.test.ts']`,
  ])
  expect(grouped('buildkite')).toEqual(['--- printed by a.test.ts', 'said', '--- the run goes on'])
  expect(grouped('none')).toEqual(['said'])
  expect(beforeSummary('buildkite')).toEqual(['+++ Summary'])
})

test('a title cannot break out of its message', () => {
  const [opened] = groupedLines('teamcity', { ...head, title: "it's [検] | 👩\n" }, [])
  expect(opened).toBe(`##teamcity[blockOpened name='it|'s |[|0x691c|] || ?|0x000a']`)
})

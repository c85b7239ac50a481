// Logs of CI services: how each folds lines away, and which lines it would take for an order. What tests print is foreign, so
// no line of it may open a group, set a variable or fail a build.
import { isSet } from './is-set.ts'

/** Services whose logs fold; `none` for every other place. */
export type LogService = 'github' | 'gitlab' | 'azure' | 'teamcity' | 'buildkite' | 'none'

/** The service whose variables are set; the first that fits, since some set those of others too. */
export function logServiceOf(env: Readonly<Record<string, string | undefined>>): LogService {
  if (isSet(env['TEAMCITY_VERSION'])) return 'teamcity'
  if (isSet(env['BUILDKITE'])) return 'buildkite'
  if (isSet(env['GITLAB_CI'])) return 'gitlab'
  if (isSet(env['TF_BUILD'])) return 'azure'
  return isSet(env['GITHUB_ACTIONS']) ? 'github' : 'none'
}

/** What a group needs besides its lines. */
export interface GroupHead {
  readonly title: string
  /** Unlike that of any other group of the log. */
  readonly number: number
  /** Seconds since 1970, which one of the services writes down. */
  readonly unixSeconds: number
}

/** Lines as a group that is folded where the service can fold; plain lines elsewhere. All of them are made harmless. */
export function groupedLines(service: LogService, head: GroupHead, lines: readonly string[]): readonly string[] {
  const title = harmlessLine(service, head.title)
  const inside = lines.map((line) => harmlessLine(service, line))
  switch (service) {
    case 'github':
      return [`::group::${title}`, ...inside, '::endgroup::']
    case 'azure':
      return [`##[group]${title}`, ...inside, '##[endgroup]']
    case 'gitlab': {
      const name = `muster_${String(head.number)}`
      const at = String(Math.floor(head.unixSeconds))
      return [
        `\u001B[0Ksection_start:${at}:${name}[collapsed=true]\r\u001B[0K${title}`,
        ...inside,
        `\u001B[0Ksection_end:${at}:${name}\r\u001B[0K`,
      ]
    }
    case 'teamcity': {
      const name = teamcityText(title)
      return [`##teamcity[blockOpened name='${name}']`, ...inside, `##teamcity[blockClosed name='${name}']`]
    }
    case 'buildkite':
      // A group ends where the next one begins.
      return [`--- ${title}`, ...inside, '--- the run goes on']
    case 'none':
      return inside
  }
}

/** What stands before a summary, so that no group swallows it. */
export function beforeSummary(service: LogService): readonly string[] {
  return service === 'buildkite' ? ['+++ Summary'] : []
}

/** A line that the service takes for text, whoever wrote it. Elsewhere it stays as it is. */
export function harmlessLine(service: LogService, line: string): string {
  switch (service) {
    case 'github':
      // Older commands are known anywhere in a line, newer ones at its start.
      return line.replace(/^([\s\p{Cf}]*)::/u, '$1: :').replaceAll('##[', '## [')
    case 'azure':
      return line.replaceAll('##[', '## [').replaceAll('##vso[', '## vso[')
    case 'teamcity':
      return line.replaceAll('##teamcity[', '## teamcity[')
    case 'buildkite':
      return /^(?:---|\+\+\+|~~~|\^\^\^)/.test(line) ? ` ${line}` : line
    case 'gitlab':
      return line.replaceAll(/section_(start|end):/g, 'section $1:')
    case 'none':
      return line
  }
}

/** As `|` escapes in the messages of TeamCity. */
function teamcityText(text: string): string {
  return text.replaceAll(/[|'[\]]/g, '|$&').replaceAll(/[^ -~]/gu, (each) => {
    const code = each.codePointAt(0) ?? 0
    return code > 0xffff ? '?' : `|0x${code.toString(16).padStart(4, '0')}`
  })
}

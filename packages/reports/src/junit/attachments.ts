// Files of a case in the form that Jenkins (JUnit Attachments) and GitLab look for in its output: `[[ATTACHMENT|path]]` on a line
// of its own. It has no escapes, so a path that could end the mark or begin a line is told and not attached.
import type { Artifact } from '@muster/core'
import { plainLine } from '../text/plain-text.ts'
import { xmlText } from './xml-text.ts'

/** The files as the output of a case; nothing where there are none. */
export function writeAttachments(artifacts: readonly Artifact[] | undefined): string {
  if (artifacts === undefined || artifacts.length === 0) return ''
  return `      <system-out>${xmlText(artifacts.map(lineOf).join('\n'))}</system-out>\n`
}

function lineOf({ path }: Artifact): string {
  const isPlain = path !== '' && plainLine(path) === path && !/[[\]|]/.test(path)
  if (isPlain) return `[[ATTACHMENT|${path}]]`
  return `not attached, since its path cannot be written here: ${plainLine(path).replaceAll('[', '(').replaceAll(']', ')')}`
}

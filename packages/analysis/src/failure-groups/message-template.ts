// A message without what varies from one occurrence of its cause to the next. Masking is core's, so that a template and a
// failure's fingerprint never disagree on what an id is; here only what masking leaves uneven is made even.
import { maskMessage } from '@muster/core/failure'
import { withoutCommands } from './without-commands.ts'

/** Words of a message that are looked at: what follows is mostly a diff or a log. */
const mostTokens = 48

/** Ids in which letters and digits alternate, such as ULIDs and names of pods. */
const mixedId = /[\w-]{0,40}<n>[\w-]{1,40}<n>[\w<>-]{0,80}/g
const duration = /<n> ?(?:[nuµm]?s|m|secs?|seconds?|milliseconds?|min(?:ute)?s?|h(?:ours?)?)\b/g
const size = /<n> ?(?:[KMGT]i?B|[kmgt]b|bytes?)\b/g
const address = /(?:\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?|<n>)(?::<n>)?/gi

/**
 * The words of a message with numbers, ids, addresses, durations, sizes and paths replaced by what they are.
 *
 * @example
 * ```ts
 * messageTokens('Timeout of 2.5s exceeded at /tmp/a17/x.sock').join(' ') // 'Timeout of <n> exceeded at <path>'
 * ```
 */
export function messageTokens(message: string): readonly string[] {
  const masked = maskMessage(withoutCommands(message.replaceAll('\0', ' ')))
    // A long number looks like a hexadecimal one, and an id may hold no letter.
    .replaceAll('<hex>', '<n>')
    .replace(duration, '<n>')
    .replace(size, '<n>')
    .replace(mixedId, '<id>')
    .replace(address, '<n>')
  const tokens: string[] = []
  for (const token of masked.split(' ', mostTokens)) {
    // One value or several of them in a row are the same list.
    if (token !== '' && !(isMask(token) && token === tokens.at(-1))) tokens.push(token)
  }
  return tokens
}

/** Whether a word of a template stands for something that varies. */
export function isMask(token: string): boolean {
  return token === '*' || /^[([{'",;:=]*<(?:n|id|path|url|quoted)>[)\]}'",;:.]*$/.test(token)
}

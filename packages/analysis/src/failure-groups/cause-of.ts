// What makes two failures one cause. Precision comes first: two causes told as one hide the second, while one cause told as two
// only costs a line. Kind of error and exception type never mix; beyond that, where the code itself failed the place counts as
// well, unless the message names its cause; where the world failed, the message alone does.
import type { FailureCategory } from '@muster/core'
import { type FailureOccurrence, testOf } from './failure-occurrence.ts'
import { messageTokens } from './message-template.ts'
import { type OwnFrame, ownFrame } from './own-frame.ts'
import { rememberTexts } from './remember-texts.ts'
import { tellingWords } from './telling-words.ts'
import { withoutCommands } from './without-commands.ts'

/** What holds failures together before similar messages are joined. */
export interface Cause {
  /** Category, code, exception type and place: only within one of these can messages be similar. */
  readonly family: string
  readonly tokens: readonly string[]
  /** The tokens in one text. */
  readonly text?: string | undefined
  readonly place?: string | undefined
}

/** Categories whose cause lies in the code: hundreds of causes can share a message. The number says how telling it must be. */
const needsPlace: Partial<Readonly<Record<FailureCategory, number>>> = {
  assertion: 3,
  exception: 2,
  'data-parse': 2,
  timeout: 2,
  'process-crash': 2,
  unknown: 2,
}

/** How a process ended, in Muster's own words: every command that fails shares them. Lengths bound what is looked at. */
const ownEnding =
  /^.{0,300}? ended with (?:exit code -?\d{1,10}|signal \w{1,20})(?: \([^)]{0,80}\))?(?: before it had reported a result)?(?: while it ran (?:one of )?".{0,300}")?/

/** Ports from here on are mostly handed out for one connection or one test; below they name a service, and so do a few above. */
const firstPassingPort = 10_000
const servicesAbove = new Set([11_211, 15_672, 25_672, 26_257, 26_379, 27_017])

/** Tells causes, and remembers what it worked out of texts that come again. */
export function createCauseReader(): (occurrence: FailureOccurrence) => Cause {
  const templateOf = rememberTexts((message) => {
    const tokens = messageTokens(message)
    // The name of a command and its exit code are no words of the cause, whatever category it was read as.
    const quoted = message.replace(ownEnding, '')
    const telling = tellingWords(quoted === message ? tokens : messageTokens(quoted))
    return { tokens, text: tokens.join(' '), telling, service: servicePort(message) }
  })
  const framesOf = rememberTexts((fileAndStack) => {
    const end = fileAndStack.indexOf('\0')
    return { frame: ownFrame(fileAndStack.slice(end + 1), fileAndStack.slice(0, end)) }
  })
  return (occurrence) => {
    const { category, code = '', errorName = '', message, stack } = occurrence.failure
    const { tokens, text, telling, service } = templateOf(message)
    const enough = needsPlace[category]
    const frame =
      stack === undefined || enough === undefined ? undefined : framesOf(`${occurrence.file ?? ''}\0${stack}`).frame
    const place = enough === undefined ? undefined : placeOf(occurrence, frame, telling >= enough)
    const family = `${category}\0${code}\0${errorName}\0${place ?? ''}\0${category === 'network' ? service : ''}`
    return { family, tokens, text, ...(place === undefined ? {} : { place }) }
  }
}

function placeOf(
  { task, path }: FailureOccurrence,
  frame: OwnFrame | undefined,
  isTelling: boolean,
): string | undefined {
  if (frame !== undefined && !frame.isTest) return frame.name === undefined ? frame.file : `${frame.file}:${frame.name}`
  if (isTelling) return undefined
  if (frame?.name !== undefined) return `${frame.file}:${frame.name}`
  // The cases of a table differ in their numbers only; two tasks that do are two tests.
  return testOf({ task, path: path?.map((title) => withoutCommands(title).replace(/\d+/g, '<n>')) })
}

const hostAndPort =
  /(?:(?:\d{1,3}(?:\.\d{1,3}){3}|\blocalhost|\]|::1|:\/\/[\w.-]{1,100}|\bE[A-Z]{5,20} [\w.-]{1,100}):|\bport )(\d{2,5})\b/g

function servicePort(message: string): string {
  for (const [, port = ''] of message.slice(0, 500).matchAll(hostAndPort)) {
    const number = Number(port)
    if ((number > 0 && number < firstPassingPort) || servicesAbove.has(number)) return String(number)
  }
  return ''
}

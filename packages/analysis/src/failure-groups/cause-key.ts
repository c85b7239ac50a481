// A cause as one text, to look it up by, and as a short id that stays the same over runs.
import { hashText } from '@muster/core/failure'
import type { Template } from './join-similar.ts'

/** The whole of a cause in a text: equal exactly where the causes are. */
export function causeKey({ family, tokens, text = tokens.join(' ') }: Template): string {
  return `${family}\0\0${text}`
}

/** The id of a group of this cause. */
export function causeId(template: Template): string {
  return hashText(causeKey(template))
}

/** The id of the group of a worker that is to blame. */
export function workerGroupId(worker: string): string {
  return hashText(`worker\0${worker}`)
}

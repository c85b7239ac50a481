// An answer of Vitest as it is kept for the next time: with everything that it rests on, so that whoever reads it can tell
// whether Vitest would say the same today. Its first line is a hash of the rest: half a file is no answer.
import { z } from 'zod'
import type { FoundByVitest } from './found-files.ts'

/** Version of what is kept. Another one is left aside, be it older or newer. */
export const keptFormat = 1

/** A search as it is kept. */
export interface KeptSearch {
  readonly format: typeof keptFormat
  /** Of the names below the folder of the Vitest project. */
  readonly tree: string
  /** Files whose content counts, absolute, each with the hash of its content; nothing where there is none. */
  readonly contents: readonly (readonly [path: string, hash: string | null])[]
  readonly answer: FoundByVitest
}

const strings = z.array(z.string())

const keptSearch: z.ZodType<KeptSearch> = z.strictObject({
  format: z.literal(keptFormat),
  tree: z.string(),
  contents: z.array(z.tuple([z.string(), z.string().nullable()])),
  answer: z.strictObject({
    kind: z.literal('found'),
    files: z.array(z.strictObject({ path: z.string(), project: z.string(), pool: z.string() })),
    projects: z.number(),
    leftAside: z.array(z.strictObject({ folder: z.string(), globs: strings })),
    basis: z.strictObject({ sources: strings, folders: strings, isByName: z.boolean() }),
  }),
})

/** The text of a file that keeps `search`. */
export function writeKeptSearch(search: KeptSearch, hashOf: (text: string) => string): string {
  const body = JSON.stringify(search)
  return `${hashOf(body)}\n${body}`
}

/** What such a text holds; nothing where it is damaged, or of another version. */
export function readKeptSearch(text: string, hashOf: (text: string) => string): KeptSearch | undefined {
  const end = text.indexOf('\n')
  const body = text.slice(end + 1)
  if (end < 0 || hashOf(body) !== text.slice(0, end)) return undefined
  try {
    const { success, data } = keptSearch.safeParse(JSON.parse(body))
    return success ? data : undefined
  } catch {
    return undefined
  }
}

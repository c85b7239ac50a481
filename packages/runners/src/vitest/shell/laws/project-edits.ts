// What can happen to a project, its surroundings or the question that is asked about it, between two searches or during one.

/** All that can happen. */
export const edits = [
  'add',
  'delete',
  'rename',
  'touch',
  'write test',
  'link file',
  'link folder',
  'add behind link',
  'turn link',
  'config',
  'imported source',
  'imported data',
  'manifest',
  'lock file',
  'tsconfig',
  'env file',
  'manifest above',
  'manifest above gone',
  'Vitest',
  'Vite',
  'Vite of Vitest',
  'environment',
  'options',
  'root',
  'clock',
  'plain again',
  'look inside',
  'by name again',
  'search above',
  'stay within again',
] as const

/** Something that can happen. */
export type What = (typeof edits)[number]

/** Something that happens. */
export interface Edit {
  readonly what: What
  /** Which of several things of its kind. */
  readonly n: number
}

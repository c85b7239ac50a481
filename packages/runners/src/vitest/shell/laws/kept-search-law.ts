// The law of what is kept of a search: whenever an answer is given again, Vitest would have given the same, whatever has happened
// to the project before or while Vitest looked.
import { join } from 'node:path'
import fc from 'fast-check'
import { TrialProject } from '../../../testing/shell/trial-project.ts'
import type { SearchCache } from '../search-cache.ts'
import { type Edit, edits, type What } from './project-edits.ts'
import { TrialWorld } from './trial-world.ts'

/** One search of a story. */
interface Step {
  readonly before: Edit | null
  /** What happens while Vitest looks. */
  readonly meanwhile: Edit | null
}

/** How the law is tried. */
interface Trial {
  readonly numRuns: number
  /** What happens in the stories. @defaultValue everything */
  readonly about?: readonly What[] | undefined
}

/** Throws where an answer is given that Vitest would not give; says how often one was given. */
export function givesWhatVitestWould(Cache: typeof SearchCache, { numRuns, about = edits }: Trial): number {
  const edit = fc.option(fc.record({ what: fc.constantFrom(...about), n: fc.nat(3) }), { freq: 2 })
  let given = 0
  const story = (steps: readonly Step[]): void => {
    using project = new TrialProject({})
    const world = new TrialWorld(join(project.root, 'around/project'), join(project.root, 'elsewhere'))
    for (const { before, meanwhile } of steps) {
      if (before !== null) world.edit(before)
      given += world.search(Cache, meanwhile)
    }
  }
  const law = fc.property(
    fc.array(fc.record({ before: edit, meanwhile: edit }), { minLength: 4, maxLength: 14 }),
    story,
  )
  fc.assert(law, { numRuns, seed: 20, endOnFailure: true, includeErrorInReport: true })
  return given
}

// What tells two cases of a task apart, as one text: two places that compare cases must not differ in what they compare.
import type { CaseName } from '../model/outcome.ts'

/** A text that is the same for two reports of one case, and for no others. */
export function caseKey({ file, path }: CaseName): string {
  return JSON.stringify([file, path])
}

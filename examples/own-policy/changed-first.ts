// A strategy of one's own: what a change has touched goes first, because that is where somebody waits for the answer. It
// says nothing about the rest; another policy is put behind it for that.
import type { Policy } from '@muster/core'

/** Tasks whose file was changed go first. */
export function changedFirst(changed: ReadonlySet<string>): Policy {
  return {
    name: 'changed-first',
    key: ({ definition: { file } }) => (file !== undefined && changed.has(file) ? 0 : 1),
  }
}

// A store that cannot go on is told by every part that stumbles over it, and once more by the error that ends the run. A
// person needs to hear it once, with its remedy.
import type { RunEvent } from '@muster/core'

type Note = Extract<RunEvent, { readonly kind: 'note' }>

/** Notes that are held back until it is known whether the run ends with what they say. */
export class FatalNotes {
  readonly #held = new Map<string, Note>()

  /** Whether the event is such a note, which is now held. */
  holds(event: RunEvent): boolean {
    if (event.kind !== 'note' || !/^STORE_[A-Z_]+: /.test(event.text)) return false
    this.#held.set(event.text, event)
    return true
  }

  /** What is still to be told, each once; `code` is that of the error that ended the run, where one did. */
  rest(code: string | undefined): readonly Note[] {
    return [...this.#held.values()].filter(({ text }) => code === undefined || !text.startsWith(`${code}: `))
  }
}

// Somebody else's code is asked here and nowhere else: what it throws, and answers that are none, are named and left out, and
// the run goes on. A plugin that does so again and again is asked nothing more.

/** What was wrong with a plugin. */
export interface PluginProblem {
  readonly plugin: string
  /** The extension point that was asked. */
  readonly point: string
  /** Id of the task, or the lane, that it was asked about; absent where it was neither. */
  readonly about?: string | undefined
  readonly because: string
  /** Whether it is asked nothing more in this run. */
  readonly isDropped: boolean
}

/** What a guarded question is about. */
export interface GuardedQuestion<Answer> {
  readonly plugin: string
  readonly point: string
  readonly about?: string | undefined
  readonly ask: () => Answer
  /** What is wrong with an answer, in words; nothing where it is right. */
  readonly wrong?: ((answer: Answer) => string | undefined) | undefined
}

/** Asks plugins, and counts what goes wrong with each. */
export class PluginGuard {
  readonly #most: number
  readonly #tell: (problem: PluginProblem) => void
  readonly #faults = new Map<string, number>()

  constructor(most: number, tell: (problem: PluginProblem) => void) {
    this.#most = most
    this.#tell = tell
  }

  /** Whether a plugin went wrong so often that it is asked nothing more. */
  isDropped(plugin: string): boolean {
    return this.#faults.size > 0 && (this.#faults.get(plugin) ?? 0) >= this.#most
  }

  /** The answer of a plugin, or nothing where it has none that counts. */
  ask<Answer>({ plugin, point, about, ask, wrong }: GuardedQuestion<Answer>): Answer | undefined {
    if (this.isDropped(plugin)) return undefined
    let because: string | undefined
    try {
      const answer = ask()
      because = wrong?.(answer)
      if (because === undefined) return answer
    } catch (error) {
      because = `it threw ${wordsOf(error)}`
    }
    this.report({ plugin, point, about, because })
    return undefined
  }

  /** Something was wrong that was put right. */
  report({ plugin, point, about, because }: Omit<PluginProblem, 'isDropped'>): void {
    const faults = (this.#faults.get(plugin) ?? 0) + 1
    this.#faults.set(plugin, faults)
    this.#tell({
      plugin,
      point,
      ...(about === undefined ? {} : { about }),
      because,
      isDropped: faults >= this.#most,
    })
  }
}

function wordsOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  } catch {
    return 'something that cannot be looked at'
  }
}

// Where words for people go, in the manner of pino: an object with what is known, then a message. Winston's and console's
// shapes differ; three lines adapt them.

/** What a logger has to have; a pino logger does. */
export interface Logger {
  /** What is of use only to whoever looks for a mistake: every launch, start and end. */
  debug(facts: object, message: string): void
  /** The course of a run: it began, it goes on, it ended. */
  info(facts: object, message: string): void
  /** What a person should look at: a failed task, a lost attempt, a note. */
  warn(facts: object, message: string): void
  /** The run stopped before its end. */
  error(facts: object, message: string): void
}

// The line of a stack at which a person would look first: the topmost frame of the project's own code.

/** A place in a file. */
export interface Frame {
  readonly file: string
  readonly line: number
}

/** Lines of a stack looked at; the frame that counts stands at the top. */
const mostLines = 60

/** The topmost frame that is neither of the platform nor of a dependency; nothing where the stack names none. */
export function ownFrame(stack: string): Frame | undefined {
  for (const line of stack.split('\n', mostLines)) {
    if (!/^\s*at |^\s*(?:❯|File ")/.test(line) || isForeign(line)) continue
    const found = /(?:file:\/\/)?((?:[A-Za-z]:)?[^\s():"]{1,500}):(\d{1,7})(?::\d{1,7})?\)?\s*$/.exec(line)
    if (found?.[1] !== undefined) return { file: found[1], line: Number(found[2]) }
  }
  return undefined
}

/** Whether a frame belongs to the platform or a dependency. */
export function isForeign(line: string): boolean {
  return /node_modules|\bnode:|\(<anonymous>\)|\(native\)|\binternal\//.test(line)
}

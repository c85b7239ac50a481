// The last line of what a process printed names the cause, except where it is a frame of a stack: an engine that runs out of
// memory says so first and prints its own stack after it.

const frame = /^(?:at |\d+: |#\d+ +0x|0x[0-9a-f]+|Node\.js v\d|[}\])]+$|-+ .* -+$)/
const telling = /^FATAL ERROR: |^(?:Uncaught )?[A-Z]\w*Error(?: \[\w+\])?: |^fatal error: |^panic: /

/** `text` with the line that tells most at its end, where its last line is only part of a stack. */
export function tellingEnd(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const last = lines.at(-1)
  if (last === undefined || !frame.test(last)) return text
  const found = lines.findLast((line) => telling.test(line)) ?? lines.findLast((line) => !frame.test(line))
  return found === undefined ? text : `${text}\n${found}`
}

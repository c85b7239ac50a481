// Text from tests is foreign: it may hold line breaks, escape sequences or a carriage return that would move the cursor.
// Nothing of it reaches the terminal before it has been through here.

const escapeSequences =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[PX^_][^\u001B]*(?:\u001B\\)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g

const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g

/** One line of text that prints as it reads: no escapes, no control characters, breaks and tabs as one blank. */
export function oneLine(text: string): string {
  return text
    .replaceAll(escapeSequences, '')
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(controls, '')
    .trim()
}

/** Lines of text that print as they read; trailing blank lines are left out. */
export function plainLines(text: string): readonly string[] {
  const lines = text
    .replaceAll(escapeSequences, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.replaceAll('\t', '  ').replaceAll(controls, '').trimEnd())
  while (lines.at(-1) === '') lines.pop()
  return lines
}

// What varies from one occurrence of a cause to the next is taken out of its message, so that the rest can name the cause.
// Every expression here is linear: messages come from strangers.

/** Longest part of a message that is looked at, in characters. */
const lookedAt = 2000

const masks: readonly (readonly [RegExp, string])[] = [
  // Colours.
  [/\u001b\[[0-9;]*m/g, ''],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:file|https?|wss?):\/\/[^\s'"`)]+/gi, '<url>'],
  // A quoted text with a digit in it is an id or a value; one without is mostly a name, which tells causes apart.
  [/(["'`])[^"'`\n\d]{0,200}\d[^"'`\n]{0,200}\1/g, '<quoted>'],
  // Two slashes with nothing behind them begin a comment.
  [/(?:\b[A-Za-z]:)?(?=[\\/]{0,2}[\w.@-])(?:[\w.@-]{0,100}[\\/]){2,20}[\w.@-]{0,100}/g, '<path>'],
  // With a single slash only what ends like a file is one: words stand beside each other that way as well.
  [/[\w.@-]{1,100}[\\/][\w@-]{1,100}(?:\.[\w@-]{1,40}){0,4}\.[A-Za-z]\w{0,4}\b/g, '<path>'],
  [/\b0x[0-9a-f]+\b/gi, '<hex>'],
  [/\b(?=[a-f]{0,40}\d)[0-9a-f]{7,}\b/gi, '<hex>'],
  [/\d+(?:[.,:]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
]

/**
 * The message as a template: numbers, hexadecimal ids, paths, addresses and quoted values replaced.
 *
 * @example
 * ```ts
 * maskMessage('port 5432 of /tmp/a/b.sock is "busy-17"') // 'port <n> of <path> is <quoted>'
 * ```
 */
export function maskMessage(message: string): string {
  let masked = message.slice(0, lookedAt)
  for (const [pattern, name] of masks) masked = masked.replace(pattern, name)
  return masked.trim()
}

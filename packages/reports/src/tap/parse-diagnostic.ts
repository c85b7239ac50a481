// The YAML that TAP producers write under a test point: keys, texts, blocks and nested keys. A full YAML reader is not needed
// and would bring its dangers; what is not understood is left out.

/** The values by key; nested keys are joined by a point, such as `at.line`. */
export type Diagnostic = ReadonlyMap<string, string>

/** Keys kept of one block at most. */
const mostKeys = 200

/** Reads the lines between `---` and `...`, without their common indentation. */
export function parseDiagnostic(lines: readonly string[]): Diagnostic {
  const values = new Map<string, string>()
  const parents: { readonly indent: number; readonly key: string }[] = []
  for (let at = 0; at < lines.length && values.size < mostKeys; at++) {
    const entry = entryIn(lines[at] ?? '')
    if (entry === undefined) continue
    while ((parents.at(-1)?.indent ?? -1) >= entry.indent) parents.pop()
    if (parents.length > 20) continue
    const key = [...parents.map((parent) => parent.key), entry.key].join('.')
    const block = /^([|>])[-+]?$/.exec(entry.value)?.[1]
    if (block !== undefined) {
      const end = blockEnd(lines, at, entry.indent)
      const body = dedent(lines.slice(at + 1, end))
      values.set(key, block === '|' ? body.join('\n') : body.join(' '))
      at = end - 1
    } else if (entry.value === '') parents.push({ indent: entry.indent, key: entry.key })
    else values.set(key, scalar(entry.value))
  }
  return values
}

function entryIn(line: string): { readonly indent: number; readonly key: string; readonly value: string } | undefined {
  const trimmed = line.trimStart()
  const [, quoted, plain, value = ''] =
    /^(?:"([^"\\]{1,80})"|([A-Za-z_][\w. -]{0,80}?)):(?: (.*))?$/s.exec(trimmed.trimEnd()) ?? []
  const key = quoted ?? plain
  return key === undefined ? undefined : { indent: line.length - trimmed.length, key, value: value.trim() }
}

function blockEnd(lines: readonly string[], start: number, indent: number): number {
  let end = start + 1
  while (end < lines.length) {
    const line = lines[end] ?? ''
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break
    end += 1
  }
  return end
}

function dedent(lines: readonly string[]): readonly string[] {
  const least = lines.reduce(
    (found, line) => (line.trim() === '' ? found : Math.min(found, line.length - line.trimStart().length)),
    80,
  )
  const body = lines.map((line) => line.slice(least))
  while (body.at(-1)?.trim() === '') body.pop()
  return body
}

function scalar(value: string): string {
  if (value.startsWith('"')) return jsonText(value) ?? value
  if (value.startsWith("'") && value.endsWith("'") && value.length > 1) return value.slice(1, -1).replaceAll("''", "'")
  return value
}

function jsonText(value: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

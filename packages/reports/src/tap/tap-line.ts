// What one line of TAP is. Programs print between the lines of their results, so everything that is not clearly TAP is text.

/** A line of TAP, with its indentation in spaces. */
export type TapLine = { readonly indent: number } & (
  | { readonly kind: 'version' }
  | { readonly kind: 'plan'; readonly count: number; readonly comment: string | undefined }
  | {
      readonly kind: 'point'
      readonly isOk: boolean
      readonly number: number | undefined
      readonly rest: string
      /** Whether its subtest follows in braces. */
      readonly opens: boolean
    }
  | { readonly kind: 'subtest'; readonly name: string }
  | { readonly kind: 'bail-out'; readonly reason: string }
  | { readonly kind: 'diagnostic-start' }
  | { readonly kind: 'brace' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'text'; readonly text: string }
)

/** Tells what a line is. */
export function parseTapLine(given: string): TapLine {
  const text = given.trimStart()
  const indent = given.length - text.length
  const line = text.trimEnd()
  if (/^TAP version \d{1,4}$/i.test(line)) return { indent, kind: 'version' }
  const plan = /^1\.\.(\d{1,9})(?:[ \t]*#[ \t]*(.*))?$/s.exec(line)
  if (plan !== null) return { indent, kind: 'plan', count: Number(plan[1]), comment: plan[2] }
  const point = /^(not )?ok(?:[ \t]+(\d{1,9})(?![^ \t]))?(?:[ \t]+(.*))?$/s.exec(line)
  if (point !== null) {
    const [, not, number, rest = ''] = point
    const opens = rest.endsWith('{') && /(?:^|[ \t])\{$/.test(rest)
    return {
      indent,
      kind: 'point',
      isOk: not === undefined,
      number: number === undefined ? undefined : Number(number),
      rest: opens ? rest.slice(0, -1) : rest,
      opens,
    }
  }
  if (line.startsWith('#')) {
    const name = /^#[ \t]*Subtest(?::[ \t]*(.*))?$/s.exec(line)
    return name === null ? { indent, kind: 'comment' } : { indent, kind: 'subtest', name: name[1] ?? '' }
  }
  const bail = /^Bail out!(.*)$/is.exec(line)
  if (bail !== null) return { indent, kind: 'bail-out', reason: bail[1]?.trim() ?? '' }
  if (line === '---') return { indent, kind: 'diagnostic-start' }
  if (line === '}') return { indent, kind: 'brace' }
  return { indent, kind: 'text', text: line }
}

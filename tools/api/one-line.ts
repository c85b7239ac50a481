// A declaration in one line. What prettier sets on several lines it parts by their ends alone, so that taking those away would
// run the members of an object type together: `{ readonly a: string readonly b: number }` is no TypeScript.

/** The declaration in one line: comments gone, a semicolon between the members of an object type. */
export function oneLine(declaration: string): string {
  const lines = declaration
    .replaceAll(/\/\*\*.*?\*\//gs, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
  let text = lines[0] ?? ''
  for (const [at, line] of lines.slice(1).entries()) text += gap(lines[at] ?? '', line) + line
  return text
    .replaceAll(/(^|[:=(<,;{] ?)\| /g, '$1')
    .replaceAll(/,(?=[)>])/g, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

/** What stands between two lines once they are one: nothing but a space where one of them goes on. */
function gap(before: string, after: string): string {
  if (/[(<]$/.test(before) || /^[)>]/.test(after)) return ''
  const goesOn = /(?:[{[,;:?&|=]|=>)$/.test(before) || /^(?:[}\]&|?:=.]|=>|extends\b)/.test(after)
  return goesOn ? ' ' : '; '
}

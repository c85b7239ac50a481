// Counting in columns of letters.

/** How many letters of a column are among `letters`. */
export function countOf(column: string, letters: string): number {
  const codes = Array.from(letters, (letter) => letter.charCodeAt(0))
  let count = 0
  for (let at = 0; at < column.length; at++) if (codes.includes(column.charCodeAt(at))) count += 1
  return count
}

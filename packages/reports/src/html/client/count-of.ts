// Counting in columns of letters.

/** How many letters of a column are among `letters`. */
export function countOf(column: string, letters: string): number {
  let count = 0
  for (let at = 0; at < column.length; at++) if (letters.includes(column.charAt(at))) count += 1
  return count
}

// Texts of which a pattern needs one in any line that it matches. Looking for them is many times cheaper than trying the
// pattern, and most rules have nothing to say about most texts.
import type { PatternNode } from './pattern-node.ts'

/** In small letters; a line that holds none of them cannot match. `undefined`: nothing is needed. */
export function wordsOf(node: PatternNode): readonly string[] | undefined {
  switch (node.kind) {
    case 'character':
      return node.literal === undefined ? undefined : [node.literal.toLowerCase()]
    case 'anchor':
      return undefined
    case 'repeat':
      return node.least === 0 ? undefined : wordsOf(node.item)
    case 'choice': {
      const branches = node.branches.map(wordsOf)
      return branches.some((words) => words === undefined) ? undefined : branches.flatMap((words) => words ?? [])
    }
    case 'sequence':
      return bestOf(runsOf(node.items))
  }
}

/** The longest text of letters that stand side by side, and what the other pieces need. */
function runsOf(items: readonly PatternNode[]): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  let run = ''
  for (const item of items) {
    if (item.kind === 'character' && item.literal !== undefined) {
      run += item.literal.toLowerCase()
      continue
    }
    if (run !== '') found.push([run])
    run = ''
    const words = wordsOf(item)
    if (words !== undefined) found.push(words)
  }
  return run === '' ? found : [...found, [run]]
}

function bestOf(candidates: readonly (readonly string[])[]): readonly string[] | undefined {
  const shortest = (words: readonly string[]): number => Math.min(...words.map((word) => word.length))
  return candidates.reduce<readonly string[] | undefined>(
    (best, words) => (best === undefined || shortest(words) > shortest(best) ? words : best),
    undefined,
  )
}

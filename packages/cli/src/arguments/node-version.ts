// Whether the Node that started us can run us. An older one stops at the first import that it lacks, with a stack that says
// nothing of the cause.

/** What is wrong with a version of Node, given the oldest that will do as `>=22.18`; absent where nothing is. */
export function nodeProblem(
  version: string,
  wanted: string,
): { readonly expected: string; readonly got: string; readonly remedy: string } | undefined {
  const [least = [], found = []] = [wanted, version].map((text) => (text.match(/\d+/g) ?? []).map(Number))
  const at = least.findIndex((part, index) => part !== (found[index] ?? 0))
  if (at < 0 || (found[at] ?? 0) > (least[at] ?? 0)) return undefined
  const oldest = least.join('.')
  return {
    expected: `Node ${oldest} or newer`,
    got: version,
    remedy: `Start it with a newer Node; in a project, \`npm install --save-dev node@${String(least[0])}\` brings one.`,
  }
}

// Finds import cycles between source files, type imports included: files that need one another cannot be read, moved
// or tested one at a time.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { root } from './entries.ts'

const folders = ['packages/*/src', 'tests/src', 'bench/src', 'tools']
const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root })).sort()
const imports = new Map(files.map((file) => [file, importsOf(file)]))
const cycles = findCycles(imports)
for (const cycle of cycles) process.stdout.write(`Import cycle: ${[...cycle, cycle[0]].join(' -> ')}\n`)
if (files.length === 0) process.stdout.write('Expected source files, got none.\n')
process.stdout.write(`${String(files.length)} files, ${String(cycles.length)} cycles\n`)
if (cycles.length > 0 || files.length === 0) process.exitCode = 1

function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(root, join(root, dirname(file), name)).replaceAll('\\', '/'))
}

/** Groups of files that reach one another, by Tarjan's algorithm; each shown along one of its shortest ways round. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: (readonly string[])[] = []
  const visit = (node: string): void => {
    const index = order.size
    order.set(node, index)
    low.set(node, index)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? index, low.get(next) ?? index))
    }
    if (low.get(node) !== index) return
    const group = stack.splice(stack.indexOf(node))
    if (group.length > 1 || (graph.get(node) ?? []).includes(node)) found.push(wayRound(graph, new Set(group), node))
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return found
}

function wayRound(graph: ReadonlyMap<string, readonly string[]>, group: ReadonlySet<string>, start: string): string[] {
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way
      if (!group.has(next) || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return [start]
}

// What words after `run` and `plan` mean: all of them choose tasks of the graph, a folder stands for the files in it, and
// words that name a line also tell the runner which part of the file to run.
import type { GroupDefinition, TaskDefinition } from '@muster/core'

/** Words for discovery; empty where everything is to be found, since the graph does the choosing. */
export function wordsForDiscovery(words: readonly string[]): readonly string[] {
  const plain = words.map(withoutDot)
  return plain.some((word) => fileOfLine(word) !== undefined) ? plain.filter((word) => !/^\+|\+$/.test(word)) : []
}

/** Words for the graph; empty where everything is to be run. */
export function wordsForGraph(
  words: readonly string[],
  tasks: readonly Pick<TaskDefinition, 'id' | 'file' | 'groups'>[],
  groups: readonly GroupDefinition[],
): readonly string[] {
  const names = new Set([...groups.map(({ id }) => id), ...tasks.flatMap(({ id, groups: own = [] }) => [id, ...own])])
  const files = tasks.flatMap(({ file }) => file ?? [])
  const meant = words.flatMap((word) => {
    const plain = withoutDot(word)
    if (names.has(plain)) return plain
    const file = fileOfLine(plain)
    if (file === undefined) return folderGlob(plain, names, files)
    // Words for several lines of one file have become one task, whose id names them all.
    const ids = tasks.flatMap((task) => (task.file === file ? task.id : []))
    return ids.length === 0 ? file : ids
  })
  return meant.includes('.') ? [] : [...new Set(meant)]
}

/** `!`, `+` and `+` around a folder stay; the folder becomes a glob over files. */
function folderGlob(word: string, names: ReadonlySet<string>, files: readonly string[]): string {
  const [, before = '', name = '', after = ''] = /^(!?\+?)(.*?)(\+?)$/s.exec(word) ?? []
  const folder = withoutDot(name).replace(/\/+$/, '')
  if (folder === '' || names.has(name) || !files.some((file) => file.startsWith(`${folder}/`))) return word
  return `${before}file:${folder.replaceAll(/[\\*?[\]{}()!+@|^$,]/g, String.raw`\$&`)}/**${after}`
}

/** The words with absolute paths below the root made relative to it, as people paste them. */
export function wordsBelow(root: string, words: readonly string[]): readonly string[] {
  return words.map((word) => {
    const [, before = '', path = ''] = /^(!?\+?)(\/.*)$/s.exec(word) ?? []
    if (path === root || path === `${root}/`) return `${before}.`
    return path.startsWith(`${root}/`) ? before + path.slice(root.length + 1) : word
  })
}

function fileOfLine(word: string): string | undefined {
  const [, file] = /^([^!+].*\.[A-Za-z]+):\d+(?:,\d+)*$/.exec(word) ?? []
  return file
}

function withoutDot(word: string): string {
  return word.length > 2 ? word.replace(/^(\.\/)+/, '') : word.replace(/^\.\/$/, '.')
}

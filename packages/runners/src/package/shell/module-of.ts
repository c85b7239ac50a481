// Where a module of this package lies that another process has to load. Sources and built files have the same layout, but a
// bundler may have moved the code that asks, so it looks for the folder of the layout instead of for its neighbour.

/**
 * URL of a module of this package, such as `node/shell/executor`; `from` is the `import.meta.url` of whoever asks.
 *
 * @example
 * ```ts
 * moduleOf(import.meta.url, 'node/shell/executor') // file:///…/dist/node/shell/executor.js
 * ```
 */
export function moduleOf(from: string, module: string): string {
  const isSource = from.endsWith('.ts')
  const folder = isSource ? '/src/' : '/dist/'
  const end = from.lastIndexOf(folder) + folder.length
  return `${from.slice(0, end)}${module}${isSource ? '.ts' : '.js'}`
}

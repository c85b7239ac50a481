// A runner for files of sums: it finds the files and says which module works them out. Discovery runs in the application;
// the module runs in worker processes, and nothing but plain data goes from the one to the other.
import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import type { Discovery, DiscoverRequest, Runner } from '@muster/core'

/** Each file `*.sums` is a task, each line of it a case. */
export function sumsRunner(): Runner {
  return {
    name: 'sums',
    executor: { module: new URL('./sums-executor.ts', import.meta.url).href, options: {} },
    async discover({ root, select }: DiscoverRequest): Promise<Discovery> {
      const files = globSync('**/*.sums', { cwd: root }).sort()
      const isWanted = (file: string): boolean => select.length === 0 || select.some((glob) => matchesGlob(file, glob))
      return { tasks: files.filter(isWanted).map((file) => ({ id: file, kind: 'sums', file, payload: { file } })) }
    },
  }
}

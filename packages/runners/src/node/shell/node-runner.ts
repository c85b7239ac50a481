// Finds the files of node:test by name alone, without loading any of them: one file becomes one task.
import { join } from 'node:path'
import { parseOptions } from '@muster/core'
import type { DiscoverRequest, Discovery, Resolved, Runner, TaskDefinition } from '@muster/core'
import picomatch from 'picomatch'
import { selectionOf } from '../../files/selection.ts'
import { fileSize } from '../../files/shell/file-size.ts'
import { walkFiles } from '../../files/shell/walk-files.ts'
import { moduleOf } from '../../package/shell/module-of.ts'
import { neverTests } from '../default-globs.ts'
import { nodeTestOptions, type NodeTestOptions } from '../node-options.ts'
import type { NodeTestPayload, NodeTestSetup } from '../node-payload.ts'

/**
 * Runs files of node:test, each in a process of its own, and tells of every test as it ends.
 *
 * @example
 * ```ts
 * nodeTest() // the files that `node --test` would run
 * nodeTest({ files: ['src/**\/*.spec.ts'], argv: ['--conditions=development'] })
 * ```
 */
export function nodeTest(options: NodeTestOptions = {}): Runner {
  const parsed = parseOptions(nodeTestOptions, options, 'options of the node:test runner')
  const { name, argv, only, cwd, env } = parsed
  const setup: NodeTestSetup = { kind: name, argv, only, cwd, env }
  return {
    name,
    discover: async (request) => discover(parsed, request),
    executor: { module: moduleOf(import.meta.url, 'node/shell/executor'), options: setup },
  }
}

function discover(options: Resolved<NodeTestOptions>, request: DiscoverRequest): Discovery {
  request.signal.throwIfAborted()
  const isTest = picomatch([...options.files], { dot: true, ignore: [...options.exclude, ...neverTests] })
  const selection = selectionOf(request.select)
  const files = walkFiles(request.root, isTest).filter(selection.has)
  return {
    tasks: files.map((file): TaskDefinition<NodeTestPayload> => ({
      id: file,
      kind: options.name,
      file,
      sizeBytes: fileSize(join(request.root, file)),
      payload: { file },
    })),
    warnings: selection
      .wordsWithLine(files)
      .map((word) => `${options.name}: node:test runs whole files; the line in ${word} is ignored.`),
  }
}

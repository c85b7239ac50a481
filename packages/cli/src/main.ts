#!/usr/bin/env node
// The `muster` command. It loads as little as it can: `--version` must answer at once, and a Node that is too old for the rest
// must still be told so.
import module from 'node:module'
import manifest from '../package.json' with { type: 'json' }
import { nodeProblem } from './arguments/node-version.ts'
import { renderError } from './terminal/render-error.ts'
import { lookOf } from './terminal/look.ts'

const args = process.argv.slice(2)
const problem = nodeProblem(process.versions.node, manifest.engines.node)
if (args[0] === '--version' || args[0] === '-v' || args[0] === '-V') process.stdout.write(`${manifest.version}\n`)
else if (problem === undefined) {
  // The same code is loaded for every command: compiled once, it starts a sixth faster.
  module.enableCompileCache()
  const { runCli } = await import('./shell/run-cli.ts')
  await runCli(args, manifest.version)
} else {
  const look = lookOf({ colour: false, unicode: false })
  process.stderr.write(`${renderError({ code: 'OPTIONS_INVALID', ...problem }, look)}\n`)
  process.exitCode = 2
}

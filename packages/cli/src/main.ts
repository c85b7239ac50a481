#!/usr/bin/env node
// The `muster` command. It loads as little as it can: `--version` must answer at once.
import manifest from '../package.json' with { type: 'json' }

const args = process.argv.slice(2)
if (args[0] === '--version' || args[0] === '-v' || args[0] === '-V') process.stdout.write(`${manifest.version}\n`)
else {
  const { runCli } = await import('./shell/run-cli.ts')
  await runCli(args, manifest.version)
}

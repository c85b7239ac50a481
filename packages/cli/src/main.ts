#!/usr/bin/env node
// The `muster` command. It loads as little as it can: `--version` must answer at once.
import manifest from '../package.json' with { type: 'json' }

if (process.argv.includes('--version')) process.stdout.write(`${manifest.version}\n`)
else {
  process.stderr.write('Expected `--version`, the only thing this command can do so far.\n')
  process.exitCode = 2
}

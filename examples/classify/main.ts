// What went wrong in logs that real tools write: each is run so that it fails, and its output is explained. What npm prints
// differs from version to version and by its surroundings, so its log is a file that was kept.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileRules, explainFailure } from '@muster/core/failure'

const folder = mkdtempSync(join(tmpdir(), 'muster classify '))
writeFileSync(join(folder, 'package.json'), '{ "name": "shop" }')
writeFileSync(join(folder, 'import.mjs'), "import 'no-such-package'")
writeFileSync(join(folder, 'connect.mjs'), "import { connect } from 'node:net'\nconnect(1, '127.0.0.1')")
writeFileSync(join(folder, 'assert.mjs'), "import assert from 'node:assert/strict'\nassert.equal(1 + 1, 3)")
writeFileSync(
  join(folder, 'seats.mjs'),
  "console.error('Licence server eu-1 has no seat for you')\nprocess.exitCode = 77",
)

// A rule of one's own speaks before those that come with Muster.
const rules = compileRules([
  {
    id: 'shop/licence-server',
    category: 'environment',
    pattern: [/^licence server .* has no seat/i],
    transient: true,
    suggestion: 'All seats are taken. Run fewer of these tests at a time.',
    matches: ['Licence server eu-1 has no seat for you'],
    misses: ['the licence server has no seats field'],
  },
])

const commands: readonly (readonly [string, ...string[]])[] = [
  ['node', 'import.mjs'],
  ['node', 'connect.mjs'],
  ['node', 'assert.mjs'],
  ['node', '--test', 'nowhere.mjs'],
  ['git', 'clone', './nowhere', 'here'],
  ['node', 'seats.mjs'],
  ['sh', '-c', 'no-such-tool --version'],
]
for (const [program, ...args] of commands) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  explain(`${program} ${args.join(' ')}`, status, `${stdout}${stderr}`)
}
explain('npm run no-such-script', 1, readFileSync(join(import.meta.dirname, 'npm.log'), 'utf8'))
rmSync(folder, { recursive: true })

function explain(command: string, exitCode: number | null, text: string): void {
  const { failure, line } = explainFailure({ exitCode, text }, { rules })
  const { category, code, rule = 'no rule', fault, transient, suggestion = '' } = failure
  console.log(`$ ${command}`)
  console.log(`  ${line?.text.replaceAll(folder, '<folder>') ?? failure.message}`)
  console.log(`  ${code === undefined ? category : `${category}, ${code}`} (${rule}), fault: ${fault}`)
  console.log(`  ${transient ? 'A retry may help.' : 'A retry does not help.'} ${suggestion}`)
}

// `muster classify`: logs that real tools write on this machine, and files that are not what one hopes for.
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

/** A shell line that fails, and what its log says of it. */
const logs: readonly (readonly [name: string, line: string, told: string])[] = [
  ['node, a package', `node -e "import('no-such-package')"`, 'build-dependency, import'],
  ['node, a syntax', `node -e "const = 1"`, 'build-dependency, syntax'],
  ['node, an assertion', `node -e "require('assert').equal(1, 2)"`, 'assertion'],
  [
    'node, a port',
    `node -e "const s = () => require('net').createServer().listen(P ??= 0, () => 0); let P; s()
     .on('listening', function () { P = this.address().port; s().on('error', (e) => { throw e }) })"`,
    'environment, port-in-use',
  ],
  ['node, nobody listens', `node -e "require('net').connect(1, '127.0.0.1')"`, 'network, refused'],
  ['node, a file', `node -e "fs.readFileSync('nowhere.txt')"`, 'environment, missing-file'],
  ['node, JSON', `node -e "JSON.parse('{')"`, 'data-parse'],
  ['node --test', `node --test nowhere.js`, 'configuration, no-tests'],
  ['npm, a script', `npm run nowhere`, 'configuration, options'],
  ['git, a branch', `git init -q . && git checkout nowhere`, 'environment, file-system'],
  ['git, a repository', `git clone ./nowhere here`, 'environment, file-system'],
  ['a shell', `no-such-tool --version`, 'environment, missing-tool'],
  ['python, a module', `python3 -c "import nothing_like_it"`, 'build-dependency, import'],
  ['python, a mistake', `python3 -c "print(undefined_name)"`, 'exception'],
]

test.each(logs)('%s', async (_, line, told) => {
  await using project = await CliProject.create()
  // A machine without the tool says so in its log: then that is what is told.
  const { stdout } = await project.shell(`{ ${line}; } > log.txt 2>&1; muster classify log.txt`)
  const log = await project.read('log.txt')
  const expected = /python3.*not found/.test(log) ? 'environment, missing-tool' : told
  expect(stdout.split(' (')[0], log).toBe(expected)
  expect(stdout).toContain('fault: ')
})

test('the line that told is shown, what to do comes last, and a program gets the same as JSON', async () => {
  await using project = await CliProject.create({
    'log.txt': 'one\n\u001B[31mError: connect ECONNREFUSED 127.0.0.1:5432\u001B[0m\nthree\n',
  })
  const shown = await project.muster('classify', 'log.txt')
  expect(shown.code).toBe(0)
  expect(shown.stdout).toMatch(/> +2 {2}Error: connect ECONNREFUSED 127\.0\.0\.1:5432\n/)
  expect(shown.stdout).toMatch(/Nothing listens at that address\. .*\n$/)
  const json = await project.muster('classify', 'log.txt', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({
    version: 1,
    failure: {
      category: 'network',
      code: 'refused',
      fault: 'environment',
      rule: 'network/refused/errno',
      suggestion: 'Nothing listens at that address. Start the service before the test, or wait until it is ready.',
    },
    line: { number: 2 },
  })
})

test('standard input is read for -, and an exit code speaks beside it', async () => {
  await using project = await CliProject.create()
  const piped = await project.shell(`echo 'bash: nowhere: command not found' | muster classify -`)
  expect([piped.code, piped.stdout]).toEqual([0, expect.stringMatching(/^environment, missing-tool/)])
  const silent = await project.shell(`muster classify - --exit-code 139 < /dev/null`)
  expect([silent.code, silent.stdout]).toEqual([0, expect.stringMatching(/^process-crash, segmentation-fault/)])
  const nothing = await project.shell('muster classify - < /dev/null')
  expect([nothing.code, nothing.stdout]).toEqual([0, expect.stringMatching(/^unknown/)])
})

test.each([
  ['a file that is not there', ['nowhere.log'], 'INPUT_UNREADABLE', 'nowhere.log'],
  ['a folder', ['.'], 'INPUT_UNREADABLE', 'EISDIR'],
  ['no file at all', [], 'OPTIONS_INVALID', 'FILE'],
  ['an exit code that is none', ['log.txt', '--exit-code', 'x'], 'OPTIONS_INVALID', '--exit-code'],
])('%s is misuse', async (_, words, code, named) => {
  await using project = await CliProject.create({ 'log.txt': '' })
  const ended = await project.muster('classify', ...words)
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(code)])
  expect(ended.stderr).toContain(named)
})

test('a binary file, a line of ten million characters and a log of a hundred megabytes come to an answer', async () => {
  await using project = await CliProject.create()
  const binary = await project.shell('head -c 1000000 /dev/urandom > log.bin; muster classify log.bin')
  expect([binary.code, binary.stderr]).toEqual([0, ''])
  expect(binary.stdout).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/)
  const long = await project.shell(
    `{ head -c 10000000 /dev/zero | tr '\\0' x; echo; echo 'Error: connect ECONNREFUSED 127.0.0.1:1'; } | muster classify -`,
  )
  expect([long.code, long.stdout]).toEqual([0, expect.stringMatching(/^network, refused/)])
  const big = await project.shell(
    `{ yes 'a line that tells nothing' | head -c 100000000; echo; echo 'Error: connect ECONNREFUSED 127.0.0.1:1'; } > big.log; muster classify big.log`,
  )
  expect([big.code, big.stdout]).toEqual([0, expect.stringMatching(/^network, refused/)])
})

test('rules of the project speak first', async () => {
  await using project = await CliProject.create({
    'muster.config.json': JSON.stringify({
      failureRules: [{ id: 'shop/seats', category: 'environment', exitCodes: [77], suggestion: 'Wait for a seat.' }],
    }),
    'log.txt': 'Error: connect ECONNREFUSED 127.0.0.1:5432',
  })
  const { stdout } = await project.muster('classify', 'log.txt', '--exit-code', '77')
  expect(stdout).toMatch(/^environment \(rule shop\/seats/)
  expect(stdout).toContain('Wait for a seat.')
})

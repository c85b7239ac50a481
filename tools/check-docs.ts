// Keeps the documentation true: every `ts` block compiles against the sources, every block marked `ts run` runs against
// the built packages and prints what its `// =>` comments say, and every relative link leads somewhere.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { valuesProgram } from './api/expression-values.ts'
import { givenNames } from './api/given-names.ts'
import { root } from './entries.ts'
import { firstDifference } from './expected-output.ts'
import { runCommand } from './run-command.ts'

interface Block {
  readonly page: string
  readonly line: number
  readonly isRun: boolean
  readonly code: string
  /** Where the block stands as a module of its own while it is checked. */
  readonly path: string
  /** A program that prints where an expression is not what the example says; only for examples of docstrings. */
  readonly values: string | undefined
}

const pages = [
  '*.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'examples/*/README.md',
  'tests/*.md',
  'bench/*.md',
  'tools/*.md',
]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((page) => page.replaceAll('\\', '/'))
  .sort()
const scratch = join(root, '.muster', 'docs')
const problems: string[] = []
const blocks = pages.flatMap(blocksOf)

for (const page of pages) checkLinks(page)
rmSync(scratch, { recursive: true, force: true })
mkdirSync(scratch, { recursive: true })
for (const block of blocks) writeFileSync(block.path, block.code)
checkTypes()
for (const block of blocks.filter(({ isRun }) => isRun)) await checkOutput(block)
for (const block of blocks) await checkValues(block)

for (const problem of problems) process.stdout.write(`${problem}\n`)
const ran = blocks.filter(({ isRun, values }) => isRun || values !== undefined).length
process.stdout.write(`${String(pages.length)} pages, ${String(blocks.length)} blocks compiled, ${String(ran)} run\n`)
if (problems.length > 0) process.exitCode = 1

function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = readFileSync(join(root, page), 'utf8').split('\n')
  let open: { line: number; mark: string; isRun: boolean; code: string[] } | undefined
  for (const [index, text] of lines.entries()) {
    const fence = /^\s*(`{3,})\s*(.*?)\s*$/.exec(text)
    if (open === undefined) {
      const words = fence?.[2]?.split(/\s+/) ?? []
      if (fence === null) continue
      open = { line: index + 1, mark: words[0] ?? '', isRun: words.includes('run'), code: [] }
    } else if (fence !== null && fence[2] === '') {
      if (open.mark === 'ts') {
        const name = `${page.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${String(open.line)}.ts`
        const written = open.code.join('\n')
        const given = page.startsWith('docs/api/') ? givenNames(written) : ''
        const code = `${written}\n${given}export {}\n`
        // An example that is handed its graph or its store has nothing to run on.
        const values = page.startsWith('docs/api/') && given === '' ? valuesProgram(written) : undefined
        blocks.push({ page, line: open.line, isRun: open.isRun, code, path: join(scratch, name), values })
      }
      open = undefined
    } else open.code.push(text)
  }
  return blocks
}

function checkLinks(page: string): void {
  const prose = readFileSync(join(root, page), 'utf8')
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
  for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/i.test(target) || target.startsWith('#')) continue
    const path = decodeURIComponent(target.replace(/[#?].*$/, ''))
    if (!existsSync(join(root, dirname(page), path))) problems.push(`${page}: the link to ${target} leads nowhere`)
  }
}

function checkTypes(): void {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  )
  if (config === undefined) throw new Error('Expected tsconfig.json to be readable.')
  const program = ts.createProgram(
    blocks.map(({ path }) => path),
    {
      ...config.options,
      isolatedDeclarations: false,
      declaration: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
  )
  for (const block of blocks) {
    const file = program.getSourceFile(block.path)
    if (file === undefined) continue
    for (const diagnostic of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]) {
      const { line } = file.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
      problems.push(`${block.page}:${String(block.line + line + 1)}: ${message}`)
    }
  }
}

async function checkOutput(block: Block): Promise<void> {
  const where = `${block.page}:${String(block.line)}`
  const { code, output, stdout } = await runCommand({ program: 'node', args: [block.path], env: { NO_COLOR: '1' } })
  if (code !== 0) {
    problems.push(`${where}: the block ended with exit code ${String(code)}\n${output}`)
    return
  }
  const expected = [...block.code.matchAll(/\/\/ => ?(.*)$/gm)].map(([, text]) => text).join('\n')
  if (expected === '') return
  const difference = firstDifference(expected, stdout)
  if (difference !== undefined) problems.push(`${where}: output, ${difference}`)
}

async function checkValues({ page, line, path, values }: Block): Promise<void> {
  if (values === undefined) return
  const program = path.replace(/\.ts$/, '-values.ts')
  writeFileSync(program, values)
  const { code, output } = await runCommand({ program: 'node', args: [program], env: { NO_COLOR: '1' } })
  if (code !== 0 || output.includes(', and the docs say '))
    problems.push(`${page}:${String(line)}: ${output.trimEnd()}`)
}

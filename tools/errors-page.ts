// Writes docs/errors.md from the catalogue of errors, so that the page lists every code and nothing else; `--check` only
// says whether it still does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './entries.ts'

interface Catalogue {
  readonly errorCatalogue: Readonly<Record<string, { readonly when: string; readonly remedy: string }>>
}

const built: string = join(root, 'packages/core/dist/errors/index.js')
const { errorCatalogue } = (await import(built)) as Catalogue

const rows = Object.entries(errorCatalogue).map(([code, { when, remedy }]) => [`\`${code}\``, when, remedy] as const)
const page = `# Errors

Misuse, and surroundings that are not as they have to be, are thrown as a \`MusterError\`. It has a \`code\` that never
changes, and says what was \`expected\`, what was \`got\`, and a \`remedy\`. A test that failed is no error: it is an outcome in
the report.

\`\`\`ts run
import { createOrchestrator, defineExecutor, isMusterError } from '@muster/core'

const check = defineExecutor('check', () => undefined)
await using muster = createOrchestrator({ executors: [check] })
try {
  await muster.run({ tasks: [check.task({ id: 'build' }), check.task({ id: 'test', dependsOn: ['biuld'] })] }).report
} catch (error) {
  if (isMusterError(error)) console.log(error.code, '-', error.remedy)
}
// => GRAPH_INVALID - Correct every problem listed; nothing was run.
\`\`\`

Recognise them by \`isMusterError\` and \`code\`, not by \`instanceof\`, which two copies of a package break. On the command line
they end with exit code 2 (\`ABORTED\` with 130), and \`--verbose\` shows the stack.

${table(['code', 'thrown when', 'remedy, where the error has none of its own'], rows)}

This page is written by \`node tools/errors-page.ts\`.
`
const path = join(root, 'docs', 'errors.md')
if (!process.argv.includes('--check')) writeFileSync(path, page)
else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
  process.stderr.write(
    'docs/errors.md is not what the catalogue says. Run `node tools/errors-page.ts` and commit it.\n',
  )
  process.exitCode = 1
}

/** A table as the formatter would leave it. */
function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[], pad = ' '): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, pad)).join(' | ')} |`
  return [
    line(head),
    line(
      Array.from(head, () => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n')
}

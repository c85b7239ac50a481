// Generates the JSON Schema of every document that Muster keeps or sends from its zod schema, into docs/schemas.
// `--check` compares instead of writing.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

interface Document {
  /** File name under docs/schemas, with the version of the document. */
  readonly name: string
  readonly title: string
  readonly schema: z.ZodType
}

async function documents(): Promise<readonly Document[]> {
  const core = await import('@muster/core/schemas')
  const reports = await import('@muster/reports/schemas')
  const analysis = await import('@muster/analysis')
  const cli = await import('@muster/cli')
  return [
    { name: 'journal-row-1', title: 'A row of a journal: one commit', schema: core.commitSchema1 },
    { name: 'journal-row-2', title: 'A row of a journal: one commit', schema: core.commitSchema },
    { name: 'attempt-details-1', title: 'Cases and captured text of an attempt', schema: core.attemptDetailsSchema },
    {
      name: 'supervisor-message-1',
      title: 'A line to or from the supervisor of a slot',
      schema: core.supervisorMessageSchema,
    },
    { name: 'graph-1', title: 'A dependency graph', schema: core.graphDocument },
    { name: 'report-1', title: 'The report of a run', schema: reports.runReportSchema },
    { name: 'task-history-1', title: 'The history of a task', schema: analysis.taskSummary },
    {
      name: 'counted-tasks-1',
      title: 'Which tasks of a run were folded into the history',
      schema: analysis.countedTasks,
    },
    { name: 'configuration-1', title: 'muster.config', schema: cli.configSchema },
    { name: 'run-note-1', title: 'What the command line remembers of a run', schema: cli.runNoteSchema },
    { name: 'event-stream-line-1', title: 'A line of muster run --json', schema: cli.streamLineSchema },
  ]
}

const folder = join(import.meta.dirname, '..', '..', 'docs', 'schemas')
const isCheck = process.argv.includes('--check')
const problems: string[] = []
const expected = new Set<string>()
mkdirSync(folder, { recursive: true })
for (const { name, title, schema } of await documents()) {
  const file = `${name}.schema.json`
  expected.add(file)
  const text = `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`
  const path = join(folder, file)
  if (!isCheck) writeFileSync(path, text)
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    problems.push(`${file} is not what its zod schema says`)
}
for (const file of readdirSync(folder)) if (!expected.has(file)) problems.push(`${file} belongs to no document`)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) {
  process.stderr.write('Run `node tests/src/schemas.ts` after a build and commit what it writes.\n')
  process.exitCode = 1
}

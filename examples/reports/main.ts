// From a run to what people and machines read: a page, a trace, Markdown and JUnit, and what the timeline says in words. What a
// failed attempt left behind goes with them.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publish } from '@muster/ci'
import { createOrchestrator, defineExecutor } from '@muster/core'
import { criticalPath, reportCases, timelineOf, workerUse } from '@muster/reports'

const tried = new Set<string>()

/** Works for a while; `breaks` always throws, `unsure` only at first. */
const work = defineExecutor<{ readonly ms: number; readonly breaks?: string; readonly unsure?: string }>(
  'work',
  async (task, { artifactsDir = '' }) => {
    await new Promise((resolve) => setTimeout(resolve, task.payload.ms))
    if (task.payload.breaks !== undefined) {
      await writeFile(join(artifactsDir, 'basket.json'), '{"total":1299}')
      throw new Error(task.payload.breaks)
    }
    if (task.payload.unsure === undefined || tried.has(task.id)) return
    tried.add(task.id)
    throw new Error(task.payload.unsure)
  },
)

await using muster = createOrchestrator({
  executors: [work],
  slots: 2,
  retry: { maxAttempts: 2, baseDelayMs: 0 },
  artifacts: { dir: '.muster/reports/files' },
})
const run = muster.run({
  tasks: [
    work.task({ id: 'build', payload: { ms: 60 } }),
    work.task({ id: 'unit', payload: { ms: 30, unsure: 'socket hang up' }, dependsOn: ['build'] }),
    work.task({ id: 'prices', payload: { ms: 200, breaks: 'expected 1299 to be 1300' }, dependsOn: ['build'] }),
    work.task({ id: 'checkout', payload: { ms: 30 }, dependsOn: ['prices'] }),
  ],
})
const report = await run.report

for (const { task, verdict, case: one } of reportCases(report)) {
  console.log(task.padEnd(9), verdict, one.failure?.message ?? one.reason ?? '')
}

const timeline = timelineOf(report)
const [last] = criticalPath(timeline).slice(-1)
console.log(`the run ended with ${report.tasks[timeline.attempts[last?.attempt ?? 0]?.task ?? 0]?.id ?? 'nothing'}`)
for (const { worker, attempts, slots } of workerUse(timeline))
  console.log(`${worker}: ${attempts} attempts in ${slots} slots`)

const written = await publish(report, {
  root: '.muster/reports',
  html: 'report.html',
  trace: 'trace.json',
  markdown: 'summary.md',
  junit: 'junit.xml',
})
console.log(`written: ${written.map(({ kind }) => kind).join(', ')}`)

// The page links to the files below it; JUnit names them for those who look for attachments.
const read = async (name: string): Promise<string> => readFile(join('.muster/reports', name), 'utf8')
const links = (await read('report.html')).match(/"link":"\.\/files\/[^"]*basket\.json"/g) ?? []
const attachments = (await read('junit.xml')).match(/\[\[ATTACHMENT\|[^\]]*basket\.json\]\]/g) ?? []
console.log(`files: ${links.length} linked in the page, ${attachments.length} attached in JUnit`)

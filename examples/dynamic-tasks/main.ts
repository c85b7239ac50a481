// Tasks that nobody knew beforehand: one task finds the pages of a site, each page is checked by a task of its own, and a
// last one waits for all of them without knowing how many there will be. On the way the run is paused, and one branch of
// the work is cancelled.
import { createOrchestrator, defineExecutor, type Run } from '@muster/core'

const site: Readonly<Record<string, readonly string[]>> = {
  '/': ['/shop', '/about'],
  '/shop': ['/shop/apples', '/shop/pears'],
  '/about': ['/about/jobs'],
}

const check = defineExecutor<{ readonly page: string }, readonly string[]>(
  'check',
  (task) => site[task.payload.page] ?? [],
)
const summarise = defineExecutor('summarise', () => undefined)

await using muster = createOrchestrator({ executors: [check, summarise], slots: 2 })
const run = muster.run({
  tasks: [
    check.task({ id: 'page /', payload: { page: '/' }, groups: ['pages'] }),
    // A group is a node of the graph: whoever waits for it waits for all that ever join it.
    summarise.task({ id: 'summary', dependsOn: [{ on: 'pages', kind: 'soft' }] }),
  ],
  groups: [{ id: 'pages', concurrency: 1 }],
  keepOpen: true,
})

let unchecked = 1
run.on('attempt-ended', ({ outcome }) => {
  void addPages(run, outcome.output)
})
run.on('tasks-added', ({ tasks }) => {
  console.log(`added ${tasks.join(', ')}`)
  if (!tasks.includes('page /about')) return
  // The run is paused, so nothing of this has started.
  run.cancel({ kind: 'group', group: 'section about' }, 'the author of /about')
  run.unpause()
})
run.on('run-paused', () => {
  console.log('paused')
})
run.on('run-unpaused', () => {
  console.log('goes on')
})
run.on('task-judged', ({ task, verdict }) => {
  console.log(task, verdict.kind)
  if (task.startsWith('page')) unchecked -= 1
  if (unchecked > 0) return
  // Only now is it known that no page will come any more: the group is whole, and the summary may go on.
  run.sealGroup('pages')
  run.close()
})
const { exit, totals } = await run.report
console.log(`${exit}: ${totals.passed} passed, ${totals.cancelled} cancelled`)

async function addPages(to: Run, links: unknown): Promise<void> {
  if (!Array.isArray(links) || links.length === 0) return
  const pages = links.map(String)
  unchecked += pages.length
  if (pages.includes('/about')) to.pause()
  const groupsOf = (page: string): readonly string[] => ['pages', `section ${page.split('/')[1] ?? ''}`]
  await to.add({
    tasks: pages.map((page) => check.task({ id: `page ${page}`, payload: { page }, groups: groupsOf(page) })),
  })
}

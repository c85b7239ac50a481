// Starts the work in a process of its own, kills that with SIGKILL in the middle of a step, and goes on with the run here.
// What was finished is not done again; the step that was cut off is, and it counts as lost, not as failed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from './work.ts'

const root = await mkdtemp(join(tmpdir(), 'resume-'))
const life = spawn(process.execPath, [join(import.meta.dirname, 'first-life.ts'), root, 'hang'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const said: readonly unknown[] = await once(life.stdout, 'data')
console.log(`first life: ${String(said[0]).trim()}`)
life.kill('SIGKILL')
const ended: readonly unknown[] = await once(life, 'exit')
console.log(`first life: ended by ${String(ended[1])}`)
{
  await using muster = open(root)
  for (const { id, verdict } of (await muster.report('migration')).tasks)
    console.log(`  ${id}: ${verdict?.kind ?? 'open'}`)

  const run = muster.resume('migration')
  run.on('task-judged', ({ task, verdict }) => {
    console.log(`second life: ${task} ${verdict.kind}`)
  })
  const { exit, tasks } = await run.report
  console.log(`second life: the run ${exit}`)
  for (const { n, ending } of tasks[2]?.attempts ?? []) {
    console.log(`  step 3, attempt ${n}: ${ending.kind === 'lost' ? `lost with its ${ending.cause}` : ending.kind}`)
  }
}
console.log('The witness says:')
console.log((await readFile(join(root, 'witness.txt'), 'utf8')).trimEnd())
await rm(root, { recursive: true })

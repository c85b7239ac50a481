// A run whose worker takes attempts ahead: nothing of what waits begins in a pause, and nothing of it is lost or charged.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createOrchestrator } from '../orchestrator.ts'
import { type Step, scriptedModule } from './fixtures/local-trial.ts'
import { localEngine } from './local-engine.ts'

test('a pause gives back what was taken ahead, and it begins when the run goes on', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster ahead-')))
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true })
  })
  const letGo = join(root, 'let go')
  const executors = { scripted: { module: scriptedModule, options: {} } }
  const engine = localEngine({ executors, slots: 1, prefetch: 3, graceMs: 400 })
  await using muster = createOrchestrator({ engines: [engine], root })
  const task = (id: string, ...steps: readonly Step[]): { id: string; kind: string; payload: object } => {
    return { id, kind: 'scripted', payload: { steps } }
  }
  const run = muster.run({ tasks: [task('first', ['until-file', letGo]), task('a'), task('b'), task('c')] })
  const order: string[] = []
  for await (const event of run.events) {
    if (event.kind === 'attempt-started') order.push(`${event.task} begins`)
    if (event.kind === 'attempt-started' && event.task === 'first') run.pause()
    if (event.kind === 'attempt-lost') order.push(`${event.task} is back`)
    if (order.length === 4) writeFileSync(letGo, '')
    if (event.kind === 'attempt-ended' && event.task === 'first') run.unpause()
  }
  const report = await run.report
  expect(order.slice(0, 4)).toEqual(['first begins', 'a is back', 'b is back', 'c is back'])
  expect(order.slice(4).sort()).toEqual(['a begins', 'b begins', 'c begins'])
  expect(report.tasks.map(({ verdict, attempts }) => [verdict?.kind, attempts.length])).toEqual([
    ['passed', 1],
    ['passed', 2],
    ['passed', 2],
    ['passed', 2],
  ])
})

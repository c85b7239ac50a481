// Runs one seed of the simulation and prints everything that happened: `node replay.ts SEED [--orchestrator]`. With the
// option it goes through the real orchestrator.
import { laws } from '../laws.ts'
import { randomPlan } from '../random-plan.ts'
import { simulate } from '../simulate.ts'

const seed = Number(process.argv[2])
if (!Number.isInteger(seed)) {
  process.stderr.write(
    `Expected a seed, got ${process.argv[2] ?? 'nothing'}. Usage: node replay.ts SEED [--orchestrator]\n`,
  )
  process.exitCode = 2
} else {
  const plan = randomPlan(seed)
  const { broken, hash, trace } = process.argv.includes('--orchestrator')
    ? await (await import('./simulate-orchestrator.ts')).simulateOrchestrator(plan, { isTraced: true })
    : simulate(plan, { isTraced: true, checksEveryCommit: true })
  for (const { id, ...rest } of plan.script.flatMap(({ signal }) =>
    signal.kind === 'add-tasks' ? signal.tasks : [],
  )) {
    process.stdout.write(`${id}  ${JSON.stringify(rest)}  ${JSON.stringify(plan.behaviours[id])}\n`)
  }
  for (const line of trace) process.stdout.write(`${line}\n`)
  process.stdout.write(`seed ${seed}, trace ${hash.toString(16)}: `)
  if (broken === undefined) process.stdout.write('every law held\n')
  else {
    process.stdout.write(
      `at ${broken.atMs} ms ${broken.law === undefined ? 'something was thrown' : `law ${broken.law} (${laws[broken.law]}) was broken`}: ${broken.text}\n`,
    )
    process.exitCode = 1
  }
}

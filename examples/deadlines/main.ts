// More to do than can be done in time: three orders side by side, how surely each deadline holds, and what would help.
import {
  admitDeadline,
  assessDeadlines,
  compareStrategies,
  deadlineAware,
  earliestDeadlineFirst,
  fifo,
  mitigateDeadlines,
} from '@muster/scheduler'

const task = (id: string, expectedMs: number, deadlineMs: number) => ({ id, kind: 'test', expectedMs, deadlineMs })
const tasks = [
  task('import', 30_000, 20_000),
  task('basket', 10_000, 25_000),
  task('price', 8_000, 18_000),
  task('search', 12_000, 45_000),
]
const workers = [{ id: 'here', engine: 'local', kinds: ['test'], capacity: { slots: 1 } }]
const orders = { fifo: fifo(), 'earliest deadline': earliestDeadlineFirst(), 'deadline aware': deadlineAware() }
for (const { name, metrics } of compareStrategies({ tasks, workers }, orders).rows)
  console.log(`${name}: ${Math.round(100 * (metrics.deadlinesMet ?? 0))} % met`)

const snapshot = { nowMs: 0, slots: 1, running: [], waiting: tasks.map((each) => ({ task: each })) }
for (const { id, risk, reasons } of assessDeadlines(snapshot)) console.log(`${id} is ${risk}: ${reasons.join(' ')}`)
const [best] = mitigateDeadlines(snapshot)
if (best !== undefined) console.log(`${best.kind} ${best.task}: ${best.because}`)

const answer = admitDeadline({ task: task('hotfix', 5_000, 9_000) }, { ...snapshot, waiting: [] })
console.log(`hotfix on an idle worker: ${answer.kind}`)
